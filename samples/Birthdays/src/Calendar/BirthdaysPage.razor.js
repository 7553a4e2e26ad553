// Says "today!" and "tomorrow" by the reader's own clock; without scripts the number of days stands there.
customElements.define('birthday-countdown', class extends HTMLElement {
  connectedCallback() {
    const [year, month, day] = this.getAttribute('date').split('-').map(Number);
    const now = new Date();
    const days = Math.round((new Date(year, month - 1, day) - new Date(now.getFullYear(), now.getMonth(), now.getDate())) / 864e5);
    this.textContent = days === 0 ? 'today!' : days === 1 ? 'tomorrow' : days;
  }
});
