// Makes requests of every shape, out of what the entities hold and of what they do not.
import { EXISTS } from './oracle.mjs';

const known = ['kind', 'metadata.name', 'metadata.namespace', 'metadata.uid', 'metadata.title', 'metadata.tags', 'spec.type', 'spec.lifecycle', 'spec.owner', 'spec.system', 'relations.ownedBy', 'relations.partOf', 'relations.hasMember', 'metadata.annotations.github.com/project-slug'];
const unknown = ['spec.nowhere', 'metadata', 'spec', 'relations', 'metadata.etag', 'status', 'metadata.tags.cobol', 'kind.of', 'spec..type', 'x'];
// Paths with one text each, where looking into the JSON and into the index is the same.
const plainPaths = ['kind', 'apiVersion', 'metadata.name', 'metadata.namespace', 'metadata.title', 'spec.type', 'spec.lifecycle', 'spec.owner'];
const predicateOperators = [[5, 'value'], [3, '$in'], [3, '$exists'], [3, '$hasPrefix'], [3, '$contains']];

export class Requests {
  constructor(chance, oracle) {
    this.chance = chance;
    this.refs = oracle.entities.map(entity => `${entity.kind}:${entity.metadata.namespace}/${entity.metadata.name}`);
    this.values = new Map();
    for (const rows of oracle.rows) {
      for (const [path, values] of rows) {
        const all = this.values.get(path) ?? this.values.set(path, new Set()).get(path);
        for (const value of values) if (value !== null) all.add(value);
      }
    }
    // No request of this client: what the wire's own commas and equal signs cannot carry, characters beyond the basic plane,
    // which its URI templates encode in halves that are no UTF-8, and line breaks, which they encode as one digit.
    this.paths = [...this.values.keys()].filter(path => !/[,=[]/.test(path) && path.length <= 200);
    this.values = new Map([...this.values].map(([path, values]) => [path, [...values].filter(value => !/[,\n\u{10000}-\u{10ffff}]/u.test(value) && value.trim() === value)]));
    this.projections = [...new Set(oracle.entities.flatMap(entity => [...pathsOf(entity, '')]))].filter(path => !/[,[]/.test(path));
  }

  next() {
    const { chance } = this;
    return chance.weighted([
      [14, () => ({ method: 'getEntities', request: this.#list() })],
      [14, () => ({ method: 'getEntities', request: { ...this.#list(), ...this.#page() } })],
      [22, () => ({ method: 'queryEntities', request: this.#query(chance.happens(0.4)) })],
      [14, () => ({ method: 'walk', request: this.#query(chance.happens(0.3)) })],
      [18, () => ({ method: 'getEntityFacets', request: this.#facets() })],
      [12, () => ({ method: 'getEntitiesByRefs', request: this.#byRefs() })],
      [4, () => ({ method: 'getEntityByRef', request: this.#ref() })],
      [2, () => ({ method: 'streamEntities', request: { ...this.#list(), ...this.#orderOf('orderFields', 0.5), pageSize: 1 + chance.below(60) } })],
    ])();
  }

  #path() {
    const { chance } = this;
    return chance.weighted([
      [5, () => chance.case(chance.one(known))],
      [5, () => chance.case(chance.one(this.paths))],
      [1, () => chance.one(unknown)],
    ])();
  }

  #value(path) {
    const values = this.values.get(path.toLowerCase());
    return this.chance.weighted([
      [8, () => (values?.length ? this.chance.case(this.chance.one(values)) : 'nothing')],
      [1, () => this.chance.one(['', 'true', 'component', 'NOBODY', '1', 'group:default/ops', '%', 'y'.repeat(201)])],
    ])();
  }

  #filter(careful) {
    const { chance } = this;
    const one = () => Object.fromEntries(Array.from({ length: chance.weighted([[5, 1], [4, 2], [2, 3]]) }, () => {
      const path = this.#path();
      return [path, chance.weighted([
        [7, () => this.#value(path)],
        [2, () => EXISTS],
        [3, () => Array.from({ length: 1 + chance.below(3) }, () => this.#value(path))],
        [careful ? 0 : 0.4, () => [this.#value(path), EXISTS]],
        [careful ? 0 : 0.2, () => [EXISTS]],
        [careful ? 0 : 0.2, () => []],
      ])()];
    }));
    return chance.weighted([
      [6, one],
      [3, () => Array.from({ length: 1 + chance.below(3) }, one)],
      [careful ? 0 : 0.2, () => [{}, one()]],
      [careful ? 0 : 0.1, () => []],
    ])();
  }

  #fields() {
    const { chance } = this;
    return chance.happens(0.05) ? [] : Array.from({ length: 1 + chance.below(4) }, () =>
      chance.weighted([
        [4, () => chance.one(['kind', 'metadata.name', 'metadata.namespace', 'metadata', 'spec', 'relations', 'metadata.annotations'])],
        [6, () => chance.one(this.projections)],
        [1, () => chance.one(['nowhere', 'spec.nowhere.deep', 'metadata.annotations.nothing/here', 'METADATA.NAME'])],
      ])());
  }

  #maybeFields(probability) {
    return this.chance.happens(probability) ? { fields: this.#fields() } : {};
  }

  #list() {
    return { ...(this.chance.happens(0.85) && { filter: this.#filter(false) }), ...this.#maybeFields(0.4) };
  }

  #order() {
    const field = this.chance.weighted([
      [5, () => this.chance.one(['metadata.name', 'metadata.title', 'spec.type', 'kind', 'metadata.uid', 'metadata.namespace', 'spec.lifecycle', 'spec.replicas'])],
      [3, () => this.chance.case(this.chance.one(this.paths))],
      [1, () => this.chance.one(['spec.nowhere', 'metadata.tags', 'relations.ownedBy'])],
    ])();
    return { field, order: this.chance.one(['asc', 'desc']) };
  }

  #orderOf(name, probability) {
    const { chance } = this;
    if (!chance.happens(probability)) return {};
    return { [name]: chance.weighted([[5, () => this.#order()], [3, () => [this.#order()]], [2, () => [this.#order(), this.#order()]]])() };
  }

  /** A page of the older list. */
  #page() {
    const { chance } = this;
    return {
      ...this.#orderOf('order', 0.6),
      ...(chance.happens(0.8) && { limit: 1 + chance.below(40) }),
      ...(chance.happens(0.5) && { offset: chance.below(120) }),
    };
  }

  #text() {
    const { chance } = this;
    // By characters, so that none is cut in halves.
    const from = [...(chance.one(this.values.get(chance.one(this.paths)) ?? []) ?? 'core')];
    const start = chance.below(Math.max(1, from.length - 2));
    const term = chance.weighted([
      [8, from.slice(start, start + 1 + chance.below(7)).join('')],
      [1, ` ${from.slice(0, 3).join('')} `],
      [1, chance.one(['', '  ', '%', '_', 'no such text', 'Ø', "'"])],
    ]);
    return {
      term: chance.case(term),
      ...(chance.happens(0.7) && { fields: chance.happens(0.05) ? [] : Array.from({ length: 1 + chance.below(3) }, () => this.#path()) }),
    };
  }

  #query(byPredicate) {
    const { chance } = this;
    const predicate = byPredicate ? this.#predicateRequest() : chance.happens(0.75) ? { filter: this.#filter(false) } : {};
    const request = {
      ...predicate,
      ...this.#orderOf('orderFields', 0.65),
      ...(chance.happens(0.35) && { fullTextFilter: this.#text() }),
      ...(chance.happens(0.8) && { limit: chance.weighted([[8, 1 + chance.below(30)], [1, 0], [1, 100]]) }),
      ...(chance.happens(0.2) && { offset: chance.below(60) }),
      ...(chance.happens(0.1) && { totalItems: chance.one(['include', 'exclude']) }),
      ...this.#maybeFields(0.3),
    };
    // Over POST an empty list of text fields does go out.
    if (byPredicate && request.fullTextFilter?.fields?.length === 0) delete request.fullTextFilter.fields;
    return request;
  }

  #predicateRequest() {
    const plain = this.chance.happens(0.4);
    return { query: this.#predicate(3, plain), ...(plain && { plain }), ...(this.chance.happens(0.2) && { filter: this.#filter(true) }) };
  }

  #predicate(depth, plain) {
    const { chance } = this;
    const inner = () => this.#predicate(depth - 1, plain);
    const more = depth > 0 ? 1 : 0;
    return chance.weighted([
      [6, () => Object.fromEntries(Array.from({ length: 1 + chance.below(2) }, () => this.#condition(plain)))],
      [2 * more, () => ({ $all: Array.from({ length: chance.below(4) }, inner) })],
      [2 * more, () => ({ $any: Array.from({ length: chance.below(4) }, inner) })],
      [1.5 * more, () => ({ $not: inner() })],
      [0.2, () => ({})],
    ])();
  }

  #condition(plain) {
    const { chance } = this;
    if (chance.happens(0.12)) {
      const [kind, target] = [chance.one(['ownedBy', 'OwnerOf', 'memberOf', 'partOf', 'nothing']), () => chance.case(chance.one(this.refs)).toLowerCase()];
      return ['relations', { $contains: { type: kind, ...(chance.happens(0.7) && { targetRef: chance.happens(0.5) ? target() : { $in: [target(), target()] } }) } }];
    }
    if (plain && chance.happens(0.15)) return ['metadata.tags', { $contains: chance.case(chance.one(['java', 'pci', 'tier:1', 'cobol'])) }];
    const path = plain ? chance.one(plainPaths) : this.#path();
    const value = () => (chance.happens(plain ? 0 : 0.1) ? chance.one([1, 7, 1.5, true, false]) : this.#value(path));
    const operator = chance.weighted(predicateOperators);
    switch (operator) {
      case '$in': return [path, { $in: Array.from({ length: chance.below(4) }, value) }];
      case '$exists': return [path, { $exists: chance.happens(0.5) }];
      case '$hasPrefix': return [path, { $hasPrefix: [...String(value())].slice(0, chance.below(6)).join('') }];
      case '$contains': return plain ? [path, value()] : [path, { $contains: value() }];
      default: return [path, value()];
    }
  }

  #facets() {
    const { chance } = this;
    return {
      facets: [...new Set(Array.from({ length: 1 + chance.below(4) }, () => this.#path()))],
      ...(chance.happens(0.25) ? this.#predicateRequest() : chance.happens(0.7) && { filter: this.#filter(false) }),
    };
  }

  #ref() {
    const { chance } = this;
    return chance.weighted([
      [8, () => chance.case(chance.one(this.refs))],
      [1, () => chance.one(['component:default/nobody', 'api:default/x', 'user:elsewhere/mae'])],
    ])();
  }

  #byRefs() {
    const { chance } = this;
    return {
      entityRefs: Array.from({ length: chance.weighted([[8, chance.below(30)], [1, 150], [1, 0]]) }, () => this.#ref()),
      ...this.#maybeFields(0.4),
      ...(chance.happens(0.2) ? this.#predicateRequest() : chance.happens(0.4) && { filter: this.#filter(false) }),
    };
  }
}

function* pathsOf(value, path) {
  if (path) yield path;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return;
  for (const [key, inner] of Object.entries(value)) yield* pathsOf(inner, path ? `${path}.${key}` : key);
}
