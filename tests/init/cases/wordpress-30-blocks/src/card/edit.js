import { useBlockProps } from "@wordpress/block-editor";
import { star } from "@wordpress/icons";
import "./editor.scss";

export default function Edit({ text }) {
  return (
    <>
      <p {...useBlockProps()} title={star}>
        {text}
      </p>
      {SCRIPT_DEBUG && <p>debugging</p>}
    </>
  );
}
