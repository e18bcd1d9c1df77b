import { Status, label } from "./status";

interface Order {
  id: number;
  status: Status;
}

const orders: Order[] = [{ id: 1, status: Status.Paid }];

for (const { id, status } of orders) {
  console.log(`${id}: ${label(status)}`);
}
