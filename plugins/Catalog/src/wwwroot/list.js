// Filters the list as one types: fetches the same page with the text, and exchanges what has changed. The address follows.
const parts = ['.list-side', '#list > header h2', '#list > .flush', '#list > footer', '#columns', '#save-view'];

customElements.define('catalog-list', class extends HTMLElement {
  #waiting;
  #asked = 0;

  connectedCallback() {
    this.addEventListener('input', event => {
      if (event.target.name !== 'q') return;
      clearTimeout(this.#waiting);
      this.#waiting = setTimeout(() => this.#show(event.target.form), 250);
    });
    this.addEventListener('submit', () => clearTimeout(this.#waiting));
    // What was picked is meant; there is nothing more to say.
    this.addEventListener('change', event => {
      if (event.target.closest('sd-pick') && event.target.value.includes(':')) event.target.form.requestSubmit();
    });
  }

  async #show(form) {
    const mine = ++this.#asked;
    const address = new URL(form.action);
    for (const [name, value] of new FormData(form)) if (value.trim()) address.searchParams.append(name, value);
    try {
      const answer = await fetch(address, { headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(10000) });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (mine !== this.#asked || !this.isConnected) return;
      for (const part of parts) {
        const [now, next] = [this.querySelector(part), page.querySelector(part)];
        if (now && next) now.replaceChildren(...next.childNodes);
      }
      history.replaceState(null, '', address);
      this.querySelector('.list-said').textContent = this.querySelector('.pager > span').textContent;
    } catch {
      // The button beside the field does the same.
    }
  }
});
