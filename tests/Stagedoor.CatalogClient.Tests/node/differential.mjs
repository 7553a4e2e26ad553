// Asks the portal and the package's in-memory client the same, and wants the same answers.
//   PORTAL=http://localhost:7007/api/catalog TOKEN=… node differential.mjs [--requests 10000] [--seed 1] [--only METHOD]
// A difference is made as small as it stays one, and printed with what went over the wire.
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { Chance } from './chance.mjs';
import { departures, depart, EXISTS, Oracle, refOf, used } from './oracle.mjs';
import { Portal } from './portal.mjs';
import { Requests } from './requests.mjs';

const { values: options } = parseArgs({
  options: { requests: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' }, only: { type: 'string' }, failures: { type: 'string', default: '5' } },
});
const portal = Portal.fromEnvironment();
const { items: entities } = await portal.client.getEntities({}, portal.options);
const oracle = new Oracle(entities);
const requests = new Requests(new Chance(Number(options.seed)), oracle);
const byRef = new Map(oracle.entities.map((entity, at) => [refOf(entity), at]));
const byUid = new Map(oracle.entities.map((entity, at) => [entity.metadata.uid, at]));

const asClient = filter => filter === undefined ? undefined : Array.isArray(filter)
  ? filter.map(asClient)
  : Object.fromEntries(Object.entries(filter).map(([key, value]) => [key, Array.isArray(value) ? value.map(v => (v === EXISTS ? CATALOG_FILTER_EXISTS : v)) : value === EXISTS ? CATALOG_FILTER_EXISTS : value]));
const sent = ({ plain, filter, ...request }) => ({ ...request, ...(filter !== undefined && { filter: asClient(filter) }) });
const short = value => {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 700 ? `${text.slice(0, 700)}… (${text.length} characters)` : text;
};

/** What is wrong with a list of entities, whose order is free among equals. Nothing if it is right. */
async function wrongList(got, expected, { fields, orders = [], slice, count }) {
  // Which entity an item is can be told only if it is whole; projected ones are told by their places below.
  const ats = got.map(item => byUid.get(item?.metadata?.uid) ?? byRef.get(item?.kind && item.metadata?.name ? refOf(item) : ''));
  if (got.length !== count) return `${got.length} entities instead of ${count}: missing ${short(expected.filter(at => !ats.includes(at)).slice(0, 5).map(at => refOf(oracle.entities[at])))}, too many ${short(ats.filter(at => !expected.includes(at)).slice(0, 5).map(at => at === undefined ? 'unknown' : refOf(oracle.entities[at])))}`;
  if (ats.includes(undefined)) return fields ? wrongProjections(got, expected, fields, slice) : `unknown entities: ${short(got[ats.indexOf(undefined)])}`;
  if (new Set(ats).size !== ats.length) return 'an entity comes twice';
  const strange = ats.find(at => !expected.includes(at));
  if (strange !== undefined) return `${refOf(oracle.entities[strange])} does not belong here`;
  const wanted = await oracle.project(ats, fields);
  const different = wanted.findIndex((entity, at) => !isDeepStrictEqual(entity, got[at]));
  if (different >= 0) return `${refOf(oracle.entities[ats[different]])} is\n  ${short(got[different])}\ninstead of\n  ${short(wanted[different])}`;
  return wrongOrder(ats, expected, orders, slice);
}

/** Items that do not tell which entity they are: each of them must be the projection of another entity. */
async function wrongProjections(got, expected, fields, slice) {
  const wanted = new Map();
  for (const item of await oracle.project(expected, fields)) {
    const text = canonical(item);
    wanted.set(text, (wanted.get(text) ?? 0) + 1);
  }
  for (const item of got) {
    const text = canonical(item);
    const left = wanted.get(text) ?? 0;
    if (left === 0) return `no entity pruned to these fields is ${short(item)}`;
    wanted.set(text, left - 1);
  }
  return undefined;
}

const canonical = value => JSON.stringify(value, (_, inner) => inner && typeof inner === 'object' && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner);

function wrongOrder(ats, expected, orders, slice) {
  const [first] = orders;
  if (!first) return undefined;
  const manyValued = expected.some(at => orders.some(({ field }) => oracle.orderValues(at, field).length > 1));
  if (!manyValued) {
    const keyOf = at => orders.map(({ field }) => oracle.orderValues(at, field)[0] ?? null);
    const wanted = (slice ? expected.slice(...slice) : expected).map(keyOf);
    const got = ats.map(keyOf);
    depart('ties');
    const different = got.findIndex((key, at) => !isDeepStrictEqual(key, wanted[at]));
    return different < 0 ? undefined : `at place ${different} is ${short(got[different])} instead of ${short(wanted[different])} by ${short(orders)}`;
  }
  depart('manyValued');
  // Each takes the best of its values that still keeps the order; where that fails, no choice of values would do.
  let last;
  const sign = first.order === 'asc' ? 1 : -1;
  for (const at of ats) {
    const values = oracle.orderValues(at, first.field).sort((a, b) => (a < b ? -sign : sign));
    if (!values.length) continue;
    const next = values.find(value => last === undefined || (value < last ? -sign : value > last ? sign : 0) >= 0);
    if (next === undefined) return `${refOf(oracle.entities[at])} is out of order by ${short(first)}`;
    last = next;
  }
  return undefined;
}

/** Leaves out what lacks the field of the first order, and what the backend does not order by. */
function asBackendOrders(found, order, dropsWithout) {
  const orders = order === undefined ? [] : [order].flat();
  if (!orders.length) return { expected: found, orders: [] };
  if (!dropsWithout) return { expected: found, orders };
  const expected = found.filter(at => oracle.orderValues(at, orders[0].field).length);
  if (expected.length < found.length) depart('withoutOrderField');
  if (orders.length > 1) depart('firstOrderOnly');
  return { expected, orders: orders.slice(0, 1) };
}

async function expectedOfQuery(request) {
  const found = await oracle.matching(request);
  return asBackendOrders(found, request.orderFields, true);
}

const checks = {
  async getEntities(request) {
    const { items } = await portal.client.getEntities(sent(request), portal.options);
    const paged = request.limit !== undefined || request.offset !== undefined;
    const found = await oracle.matching({ filter: request.filter, orderFields: request.order });
    const { expected, orders } = asBackendOrders(found, request.order, !paged);
    const from = request.offset ?? 0;
    const slice = paged ? [from, request.limit === undefined ? undefined : from + request.limit] : undefined;
    // A paged list without an order is in the order of the references, as the entities stand in the oracle.
    if (paged && !orders.length) {
      const wanted = await oracle.project(expected.slice(...slice), request.fields);
      return isDeepStrictEqual(items, wanted) ? undefined : `${short(items.map(name))} instead of ${short(wanted.map(name))}`;
    }
    return wrongList(items, expected, { fields: request.fields, orders, slice, count: paged ? expected.slice(...slice).length : expected.length });
  },

  async queryEntities(request) {
    const answer = await portal.client.queryEntities(sent(request), portal.options);
    const { expected, orders } = await expectedOfQuery(request);
    const total = totalOf(request, expected);
    if (answer.totalItems !== total) return `totalItems is ${answer.totalItems} instead of ${total}`;
    if (request.limit === undefined) depart('defaultLimit');
    const from = request.offset ?? 0;
    const slice = [from, from + (request.limit ?? 200)];
    const more = request.limit !== 0 && expected.length > slice[1];
    if ((answer.pageInfo.nextCursor !== undefined) !== more) return `nextCursor is ${answer.pageInfo.nextCursor} although there is ${more ? '' : 'no '}more`;
    if (answer.pageInfo.prevCursor !== undefined) return `prevCursor is ${answer.pageInfo.prevCursor} on a first page`;
    return wrongList(answer.items, expected, { fields: request.fields, orders, slice, count: expected.slice(...slice).length });
  },

  /** Every page to the end, and back again. */
  async walk({ offset, ...request }) {
    const { expected, orders } = await expectedOfQuery(request);
    const total = totalOf(request, expected);
    const limit = Math.max(request.limit || 7, Math.ceil(expected.length / 12));
    const fields = request.fields;
    let answer = await portal.client.queryEntities(sent({ ...request, limit }), portal.options);
    const pages = [answer];
    while (answer.pageInfo.nextCursor) {
      answer = await portal.client.queryEntities({ cursor: answer.pageInfo.nextCursor, limit, fields }, portal.options);
      pages.push(answer);
      if (pages.length > 40) return 'the pages do not end';
    }
    const wrongTotal = pages.find(page => page.totalItems !== total);
    if (wrongTotal) return `totalItems is ${wrongTotal.totalItems} instead of ${total} on page ${pages.indexOf(wrongTotal) + 1}`;
    const uneven = pages.findIndex((page, at) => page.items.length !== Math.min(limit, expected.length - at * limit));
    if (uneven >= 0 && expected.length) return `page ${uneven + 1} has ${pages[uneven].items.length} entities`;
    const wrong = await wrongList(pages.flatMap(page => page.items), expected, { fields, orders, count: expected.length });
    if (wrong) return `all pages together: ${wrong}`;
    if (pages[0].pageInfo.prevCursor !== undefined) return 'the first page has a prevCursor';
    for (let at = pages.length - 2; at >= 0; at--) {
      if (!answer.pageInfo.prevCursor) return `page ${at + 2} has no prevCursor`;
      answer = await portal.client.queryEntities({ cursor: answer.pageInfo.prevCursor, limit, fields }, portal.options);
      if (!isDeepStrictEqual(answer.items, pages[at].items)) return `back on page ${at + 1} is ${short(answer.items.map(name))} instead of ${short(pages[at].items.map(name))}`;
      if (!answer.pageInfo.nextCursor) return `back on page ${at + 1} is no nextCursor`;
      if (answer.totalItems !== total) return `back on page ${at + 1} totalItems is ${answer.totalItems} instead of ${total}`;
    }
    return pages.length > 1 && answer.pageInfo.prevCursor ? 'back on the first page is a prevCursor' : undefined;
  },

  async streamEntities(request) {
    const { expected, orders } = await expectedOfQuery(request);
    const items = [];
    for await (const page of portal.client.streamEntities(sent(request), portal.options)) items.push(...page);
    return wrongList(items, expected, { fields: request.fields, orders, count: expected.length });
  },

  async getEntityFacets(request) {
    const { facets: got } = await portal.client.getEntityFacets(sent(request), portal.options);
    const wanted = await oracle.facets(request);
    for (const path of request.facets) {
      const sorted = [...(wanted[path] ?? [])].sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
      const given = [...(got[path] ?? [])].sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
      if (!got[path] || !isDeepStrictEqual(given, sorted)) return `${path} is ${short(got[path])} instead of ${short(sorted)}`;
    }
    return Object.keys(got).length === request.facets.length ? undefined : `there are facets ${short(Object.keys(got))}`;
  },

  async getEntitiesByRefs(request) {
    const { items } = await portal.client.getEntitiesByRefs(sent(request), portal.options);
    const wanted = await oracle.byRefs(request);
    return isDeepStrictEqual(items, wanted) ? undefined : `${short(items.map(name))} instead of ${short(wanted.map(name))}, first at ${items.findIndex((item, at) => !isDeepStrictEqual(item, wanted[at]))}`;
  },

  async getEntityByRef(request) {
    const got = await portal.client.getEntityByRef(request, portal.options);
    const wanted = oracle.entities[byRef.get(request.toLowerCase())];
    return isDeepStrictEqual(got, wanted) ? undefined : `${short(got)} instead of ${short(wanted)}`;
  },
};

const name = item => item && (item.metadata?.name ?? item);

function totalOf(request, expected) {
  if (request.totalItems !== 'exclude') return expected.length;
  depart('noTotal');
  return 0;
}

async function differs({ method, request }) {
  try {
    return await checks[method](request);
  } catch (error) {
    return `failed: ${error.message}${error.body ? ` ${short(error.body.error)}` : ''}`;
  }
}

/** Leaves out one thing after the other, as long as there is a difference. */
async function smallest({ method, request }) {
  let small = request;
  // A request that is refused is another failure than a wrong answer.
  const refused = difference => difference?.startsWith('failed:');
  const kind = refused(await differs({ method, request }));
  for (let again = true; again;) {
    again = false;
    for (const candidate of smaller(small)) {
      const difference = await differs({ method, request: candidate });
      if (difference && refused(difference) === kind) {
        small = candidate;
        again = true;
        break;
      }
    }
  }
  return { method, request: small };
}

function* smaller(value, root = true) {
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      yield value.toSpliced ? value.toSpliced(at, 1) : [...value.slice(0, at), ...value.slice(at + 1)];
      for (const inner of smaller(value[at], false)) yield value.map((item, other) => (other === at ? inner : item));
    }
  } else if (value !== null && typeof value === 'object') {
    for (const key of Object.keys(value)) {
      const { [key]: left, ...rest } = value;
      if (!(root && ['facets', 'entityRefs', 'plain'].includes(key)) && !['term', 'field', 'order', 'type'].includes(key)) yield rest;
      for (const inner of smaller(left, false)) yield { ...value, [key]: inner };
    }
  }
}

const wanted = Number(options.requests);
const failures = [];
let asked = 0;
async function work() {
  while (asked < wanted && failures.length < Number(options.failures)) {
    const next = requests.next();
    if (options.only && next.method !== options.only) continue;
    asked++;
    if (await differs(next)) failures.push(next);
  }
}
const began = Date.now();
await Promise.all(Array.from({ length: 6 }, work));
for (const failure of failures) {
  const small = await smallest(failure);
  portal.trace = [];
  const what = await differs(small);
  console.log(`\nDIFFERENCE in ${small.method} ${JSON.stringify(small.request)}\n${what}\nover the wire:\n  ${portal.trace.join('\n  ')}`);
  portal.trace = undefined;
}

console.log(`\n${asked} generated requests (${portal.requests} over HTTP) about ${entities.length} entities in ${((Date.now() - began) / 1000).toFixed(1)} s, ${failures.length} differences`);
const idle = Object.keys(departures).filter(departure => used[departure] === 0);
console.log('Where the in-memory client is known to depart from the backend:');
for (const [departure, why] of Object.entries(departures)) console.log(`  ${String(used[departure]).padStart(7)} × ${departure}: ${why}`);
if (idle.length && asked >= 10000 && !options.only) {
  console.log(`Not needed, so it must go: ${idle.join(', ')}`);
}
process.exitCode = failures.length || (idle.length && asked >= 10000 && !options.only) ? 1 : 0;
