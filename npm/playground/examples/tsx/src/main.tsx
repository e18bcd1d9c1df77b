import { render } from "preact";
import { useState } from "preact/hooks";
import { groupBy, sortBy } from "lodash-es";
import "./page.scss";

interface Member {
  name: string;
  team: "north" | "south";
}

const members: Member[] = [
  { name: "Minseo", team: "north" },
  { name: "Ada", team: "south" },
  { name: "Grace", team: "north" },
];

function Teams() {
  const [isSorted, setSorted] = useState(false);
  const teams = groupBy(isSorted ? sortBy(members, "name") : members, "team");
  return (
    <section>
      {Object.entries(teams).map(([team, people]) => (
        <p key={team}>
          <strong>{team}</strong>: {people.map(({ name }) => name).join(", ")}
        </p>
      ))}
      <button type="button" onClick={() => setSorted(!isSorted)}>
        {isSorted ? "As they came" : "Sort by name"}
      </button>
    </section>
  );
}

render(<Teams />, document.getElementById("app")!);
