import React, { Suspense, useEffect, useReducer, useRef } from "react";

const Items = React.memo(({ items, children }) => (
  <ul>
    {items.map((item) => (
      <li key={item}>{item}</li>
    ))}
    {children}
  </ul>
));
export function App({ title, ...rest }) {
  const [items, add] = useReducer((all, item) => [...all, item], ["a"]);
  const mounted = useRef(0);
  useEffect(() => {
    mounted.current++;
  }, []);
  return (
    <>
      <h1 {...rest} style={{ color: "red" }}>{title} &amp; {items.length}</h1>
      <button onClick={() => add("b" + mounted.current)}>add</button>
      <Suspense fallback={null}>
        <Items items={items}>
          <li>last</li>
        </Items>
      </Suspense>
    </>
  );
}
