export function AdminView() {
  return <p />;
}
