export enum Status {
  Open,
  Paid,
}

export function label(status: Status): string {
  return Status[status].toLowerCase();
}
