// Arrow keys in the tree of groups, as in any tree: up and down between the groups that can be seen, right into one, left out of it.
const names = '.org-row .person > a'

class OrgTree extends HTMLElement {
  connectedCallback() {
    this.addEventListener('keydown', event => this.move(event))
  }

  move(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const item = event.target.closest('li')
    if (!item) return
    const seen = [...this.querySelectorAll(names)].filter(name => name.checkVisibility())
    const own = item.querySelector(names)
    const at = seen.indexOf(own)
    const branch = item.querySelector(':scope > details')
    const closed = item.querySelector(':scope > .org-open')
    let next
    switch (event.key) {
      case 'ArrowDown': next = seen[at + 1]; break
      case 'ArrowUp': next = seen[at - 1]; break
      case 'Home': next = seen[0]; break
      case 'End': next = seen.at(-1); break
      case 'ArrowRight':
        if (branch && !branch.open) branch.open = true
        else if (branch) next = branch.querySelector(names)
        else if (closed) closed.click()
        else return
        break
      case 'ArrowLeft':
        if (branch?.open) branch.open = false
        else next = item.parentElement.closest('li')?.querySelector(names)
        break
      default: return
    }
    event.preventDefault()
    ;(next ?? own)?.focus()
  }
}

customElements.define('org-tree', OrgTree)
