// A frame for foreign documents, from the page's side: it loads shell.html, and shows documents in
// the sandbox inside it.

export class Framed {
  #shell: HTMLIFrameElement;
  #isReady: Promise<void>;
  #title: string;

  constructor(parent: HTMLElement, title: string, hear: (data: unknown) => void = () => {}) {
    this.#title = title;
    this.#shell = document.createElement("iframe");
    this.#shell.title = title;
    this.#shell.src = "shell.html";
    this.#isReady = new Promise((resolve) => {
      addEventListener("message", ({ source, origin, data }: MessageEvent) => {
        if (source !== this.#shell.contentWindow || origin !== location.origin) return;
        if (data?.from === "shell") resolve();
        if (data?.from === "frame") hear(data.data);
      });
    });
    parent.append(this.#shell);
  }

  /** Shows a document; `null` removes the frame, and with it whatever runs there. */
  async show(html: string | null) {
    await this.#isReady;
    this.#shell.contentWindow?.postMessage({ html, title: this.#title }, location.origin);
  }
}
