// The island of the gallery: counts its clicks.
customElements.define('ui-counter', class extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector('button');
    let count = 0;
    button.disabled = false;
    button.addEventListener('click', () => { button.textContent = `Clicked ${++count} times`; });
  }
});
