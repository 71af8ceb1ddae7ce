/* oxlint-disable node/no-process-env -- a script to be run by hand */
// Registers the slash command /ask, in four languages. Run once, and again after a change.
const {
  DISCORD_APPLICATION_ID: id,
  DISCORD_BOT_TOKEN: token,
  DISCORD_API_URL: api = 'https://discord.com/api/v10',
} = process.env;
if (!id || !token) {
  console.error('Set DISCORD_APPLICATION_ID and DISCORD_BOT_TOKEN.');
  process.exit(2);
}
const command = {
  name: 'ask',
  type: 1,
  description: 'Ask about the India–Japan agreements; every sentence comes with its source',
  description_localizations: {
    ja: '日印間の合意について質問する。一文ごとに出典が付きます',
    hi: 'भारत–जापान समझौतों के बारे में पूछें; हर वाक्य स्रोत के साथ',
  },
  options: [{ name: 'question', description: 'Your question', type: 3, required: true, max_length: 2000 }],
};
const response = await fetch(`${api}/applications/${id}/commands`, {
  method: 'POST',
  headers: { Authorization: `Bot ${token}`, 'Content-Type': 'application/json' },
  body: JSON.stringify(command),
});
console.log(response.ok ? 'Registered /ask.' : `Discord refused it: ${response.status} ${await response.text()}`);
process.exit(response.ok ? 0 : 1);
