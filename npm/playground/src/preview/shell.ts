// The script of shell.html, a page between this site and a frame with foreign code. It is here
// because a `srcdoc` frame takes over the policy of the page around it. The playground's own policy
// allows no inline script; the preview needs them. The shell's policy allows them, and lets no
// frame in it go anywhere.
//
// The shell itself shows nothing and holds nothing. It passes messages on, in both directions.

let frame: HTMLIFrameElement | null = null;

addEventListener("message", ({ source, origin, data }: MessageEvent) => {
  if (source === parent && origin === location.origin) take(data);
  // A frame in a sandbox has no origin, so the page looks at each message before it uses it.
  else if (frame !== null && source === frame.contentWindow) {
    parent.postMessage({ from: "frame", data }, location.origin);
  }
});

function take({ html, title }: { html: string | null; title: string }) {
  frame?.remove();
  frame = null;
  if (html === null) return;
  frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.title = title;
  frame.srcdoc = html;
  document.body.append(frame);
}

parent.postMessage({ from: "shell" }, location.origin);
