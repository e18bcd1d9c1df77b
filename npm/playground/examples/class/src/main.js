import { Account } from "./Account";

const account = new Account("Minseo").deposit(100, 20, 3);

document.getElementById("summary").textContent = account.summary;
console.log(account.summary, "accounts:", Account.count);
