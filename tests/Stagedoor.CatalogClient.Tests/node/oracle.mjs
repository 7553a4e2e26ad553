// What the answers should be, by the package's own in-memory client. Where that client is known to answer otherwise than the
// backend it stands for, the question is put to it so that it answers like the backend; each such place is named here with
// its reason, and there are no others.
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';

const MAX = 200;

/** A filter's value that means "has anything there"; a text, so that requests can be printed. */
export const EXISTS = '\u0000exists';

export const departures = {
  keyCase: 'in-memory filters find no key that has upper-case letters; the backend compares keys and values without case: keys are lower-cased for it',
  longValues: 'the backend indexes values over 200 characters as present without a value and keys over 200 not at all; in-memory compares them whole: they are cut for it',
  listThenMore: 'in-memory stops looking at a filter at the first key with a list of values; the backend looks at all keys: such filters are multiplied out for it',
  existsInList: 'in a list, in-memory takes "exists" for a text; on the wire the other values win, and alone it means exists',
  nothingAsked: 'empty lists and empty filters are not sent by the client, so they filter nothing; in-memory takes them at their word',
  defaultLimit: 'the backend answers 200 entities where no limit is given; in-memory answers all',
  noTotal: 'in-memory ignores totalItems=exclude, for which the backend answers 0',
  withoutOrderField: 'the backend leaves out entities that lack the field of the order, in by-query and in an unpaged list; in-memory puts them last',
  firstOrderOnly: 'the backend orders by the first field only, except in a paged list; in-memory by all',
  ties: 'entities equal in order are in the order of their ids in the backend and of their references in-memory: any order among them is right',
  manyValued: 'the backend orders an entity with many values at a field by each of them, in-memory by the first: any of them is right',
  facetCase: 'in-memory lower-cases names in facets; the backend counts them as they are written',
  facetTwice: 'values that differ only by case count once for an entity in the backend, as the first is written; in-memory counts each',
  facetOrder: 'facets come sorted from the backend and as found from in-memory',
  rows: 'in-memory looks predicates up in the JSON; the backend in its index, where lists match by any item, items are keys, and lists and objects are not there themselves: the index is given to it as JSON',
  refCase: 'in-memory looks references up as they are written; the portal lower-cases them',
  noTextFields: 'an empty list of text fields is not sent by the client; in-memory takes it for all fields',
};

/** How often each was needed. One that never is must go. */
export const used = Object.fromEntries(Object.keys(departures).map(name => [name, 0]));
export const depart = name => used[name]++;

export const refOf = entity => `${entity.kind}:${entity.metadata.namespace ?? 'default'}/${entity.metadata.name}`.toLowerCase();

const NOT_INDEXED = new Set(['attachments', 'relations', 'status', 'metadata.name', 'metadata.namespace', 'metadata.uid', 'metadata.etag']);

/** The entity as filters, orders and texts see it. */
function seen(entity, lowerValues) {
  const visit = (path, value) => {
    if (typeof value === 'string') {
      if (value.length <= MAX) return lowerValues ? value.toLowerCase() : value;
      depart('longValues');
      return null;
    }
    if (Array.isArray(value)) {
      const items = value.map(item => visit(path, item));
      const once = items.filter((item, at) => typeof item !== 'string' || items.findIndex(other => typeof other === 'string' && other.toLowerCase() === item.toLowerCase()) === at);
      if (once.length < items.length) depart('facetTwice');
      return once;
    }
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, inner]) => [key.toLowerCase(), path ? `${path}.${key}` : key, inner])
        .filter(([, path]) => path.length <= MAX)
        .map(([key, path, inner]) => [key, visit(path, inner)]),
    );
  };
  const { relations, status, ...rest } = entity;
  return { ...visit('', rest), ...(relations && { relations }) };
}

/** The rows of the backend's index, by key. */
export function rowsOf(entity) {
  const rows = new Map();
  const put = (path, value) => {
    const key = path.toLowerCase();
    if (key.length > MAX) return;
    const text = value === null || value === undefined ? null : String(value).toLowerCase();
    const values = rows.get(key) ?? rows.set(key, new Set()).get(key);
    values.add(text !== null && text.length > MAX ? null : text);
  };
  const visit = (path, value) => {
    if (NOT_INDEXED.has(path)) return;
    if (Array.isArray(value)) {
      for (const item of value) {
        visit(path, item);
        if (typeof item === 'string') put(`${path}.${item}`, true);
      }
    } else if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) visit(path ? `${path}.${key}` : key, inner);
    } else {
      put(path, value);
    }
  };
  visit('', entity);
  put('metadata.name', entity.metadata.name);
  put('metadata.namespace', entity.metadata.namespace ?? 'default');
  put('metadata.uid', entity.metadata.uid);
  for (const relation of entity.relations ?? []) put(`relations.${relation.type}`, relation.targetRef);
  return rows;
}

// Where the relations themselves stand among the rows, for the one operator that looks into them.
const RELATIONS = '#relations';

const isPrimitive = value => typeof value !== 'object' || value === null;

/** A predicate on the JSON as the same predicate on the rows. */
function onRows(predicate) {
  if ('$all' in predicate) return { $all: predicate.$all.map(onRows) };
  if ('$any' in predicate) return { $any: predicate.$any.map(onRows) };
  if ('$not' in predicate) return { $not: onRows(predicate.$not) };
  const equals = value => ({ $contains: { v: String(value).toLowerCase() } });
  return {
    $all: Object.entries(predicate).map(([path, value]) => {
      const key = path.toLowerCase();
      if (isPrimitive(value)) return { [key]: equals(value) };
      if ('$exists' in value) return { [key]: { $exists: value.$exists } };
      if ('$in' in value) return { $any: value.$in.map(item => ({ [key]: equals(item) })) };
      if ('$hasPrefix' in value) return { [key]: { $contains: { v: { $hasPrefix: value.$hasPrefix.toLowerCase() } } } };
      if (isPrimitive(value.$contains)) return { [key]: equals(value.$contains) };
      return { [RELATIONS]: value };
    }),
  };
}

export class Oracle {
  constructor(entities) {
    this.entities = [...entities].sort((a, b) => (refOf(a) < refOf(b) ? -1 : 1));
    this.rows = this.entities.map(rowsOf);
    this.index = new Map();
    const view = make => this.entities.map((entity, at) => {
      const made = make(entity, at);
      this.index.set(made, at);
      return made;
    });
    this.filterViews = view(entity => seen(entity, true));
    this.facetViews = view(entity => seen(entity, false));
    const rowViews = view((entity, at) => ({
      ...Object.fromEntries([...this.rows[at]].map(([key, values]) => [key, [...values].map(v => ({ v }))])),
      [RELATIONS]: entity.relations ?? [],
    }));
    this.byFilter = new InMemoryCatalogClient({ entities: this.filterViews });
    this.byRow = new InMemoryCatalogClient({ entities: rowViews });
    this.whole = new InMemoryCatalogClient({ entities: this.entities });
  }

  #at(items) {
    return items.map(item => this.index.get(item));
  }

  /** The filter as in-memory has to be asked: a list of filters with one value for each key, or nothing. */
  filter(filter) {
    if (filter === undefined) return undefined;
    const out = [];
    for (const item of [filter].flat()) {
      let variants = [{}];
      let keys = 0;
      for (const [key, value] of Object.entries(item)) {
        const values = [value].flat();
        const texts = values.filter(v => v !== EXISTS);
        if (Array.isArray(value) && values.includes(EXISTS)) depart('existsInList');
        if (values.length === 0) {
          depart('nothingAsked');
          continue;
        }
        if (key !== key.toLowerCase()) depart('keyCase');
        if (texts.length > 1) depart('listThenMore');
        keys++;
        variants = texts.length === 0
          ? variants.map(variant => ({ ...variant, [key]: CATALOG_FILTER_EXISTS }))
          : texts.flatMap(text => variants.map(variant => ({ ...variant, [key]: text })));
      }
      if (keys === 0) depart('nothingAsked');
      else out.push(...variants);
    }
    return out.length ? out : undefined;
  }

  /** Which entities match, as their places in order; in the order of in-memory. */
  async matching({ filter, query, plain, fullTextFilter, orderFields }) {
    const text = fullTextFilter?.term?.trim() ? { ...fullTextFilter } : undefined;
    if (text && text.fields && !text.fields.length) {
      depart('noTextFields');
      delete text.fields;
    }
    const { items } = await this.byFilter.queryEntities({ filter: this.filter(filter), orderFields, fullTextFilter: text });
    let found = this.#at(items);
    if (query !== undefined) {
      let chosen;
      if (plain) {
        chosen = (await this.whole.queryEntities({ query })).items.map(entity => this.entities.indexOf(entity));
      } else {
        depart('rows');
        chosen = this.#at((await this.byRow.queryEntities({ query: onRows(query) })).items);
      }
      const allowed = new Set(chosen);
      found = found.filter(at => allowed.has(at));
    }
    return found;
  }

  /** The values that an entity may be ordered by; none if it lacks the field. */
  orderValues(at, field) {
    return [...(this.rows[at].get(field.toLowerCase()) ?? [])].filter(value => value !== null);
  }

  async facets(request) {
    const chosen = new Set(await this.matching(request));
    const views = this.facetViews.filter(view => chosen.has(this.index.get(view)));
    const { facets } = await new InMemoryCatalogClient({ entities: views }).getEntityFacets({ facets: request.facets });
    depart('facetOrder');
    for (const path of request.facets) {
      const lower = path.toLowerCase();
      if (lower !== 'metadata.name') continue;
      depart('facetCase');
      const counts = new Map();
      for (const at of chosen) {
        const name = this.entities[at].metadata.name;
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      facets[path] = [...counts].map(([value, count]) => ({ value, count }));
    }
    return facets;
  }

  /** Entities pruned to fields. */
  async project(ats, fields) {
    const entities = ats.map(at => this.entities[at]);
    return fields?.length ? (await new InMemoryCatalogClient({ entities }).getEntities({ fields })).items : entities;
  }

  async byRefs({ entityRefs, fields, ...request }) {
    if (entityRefs.some(ref => ref !== ref.toLowerCase())) depart('refCase');
    const chosen = new Set(await this.matching(request));
    const places = new Map(this.entities.map((entity, at) => [refOf(entity), at]));
    const ats = entityRefs.map(ref => places.get(ref.toLowerCase())).map(at => (chosen.has(at) ? at : undefined));
    const projected = await this.project(ats.filter(at => at !== undefined), fields);
    return ats.map(at => (at === undefined ? undefined : projected.shift()));
  }
}
