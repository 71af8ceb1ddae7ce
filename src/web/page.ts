document.title = 'Concordat';
export const page = 1;
