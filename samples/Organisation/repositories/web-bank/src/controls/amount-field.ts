/** A field for amounts that understands both ways of writing a comma. */
export class AmountField extends HTMLElement {
  static parse(text: string): number | undefined {
    const plain = text.replace(/[\s']/g, '');
    const match = /^(\d{1,3}(?:[.,]?\d{3})*|\d+)(?:[.,](\d{1,2}))?$/.exec(plain);
    if (!match) return undefined;
    const whole = Number(match[1].replace(/[.,]/g, ''));
    const cents = Number((match[2] ?? '').padEnd(2, '0'));
    return whole * 100 + cents;
  }
}

customElements.define('polaris-amount', AmountField);
