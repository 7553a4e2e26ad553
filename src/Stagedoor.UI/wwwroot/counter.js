// The island of the gallery: counts its clicks.
customElements.define('ui-counter', class extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector('button');
    let count = 0;
    button.disabled = false;
    button.textContent = 'Count';
    button.addEventListener('click', () => { button.textContent = `Counted to ${++count}`; });
  }
});
