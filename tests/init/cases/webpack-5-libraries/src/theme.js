import "./own.css";

export const events = ["load"];
export default function theme() {
  return "theme";
}
