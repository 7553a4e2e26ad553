// What the client does not show and other programs rely on: statuses, headers, bodies.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Portal } from './portal.mjs';

const portal = Portal.fromEnvironment();
const json = async (path, options) => (await portal.raw(path, options)).json();

async function refused(path, options, status = 400, name = 'InputError') {
  const answer = await portal.raw(path, options);
  const text = await answer.text();
  assert.equal(answer.status, status, `${path} answered ${answer.status} ${text}`);
  assert.match(answer.headers.get('content-type'), /^application\/json/);
  const body = JSON.parse(text);
  assert.equal(body.error.name, name);
  assert.equal(body.response.statusCode, status);
  assert.equal(body.error.stack, undefined);
  return body;
}

test('an unknown parameter is refused on every route', async () => {
  for (const path of ['/entities', '/entities/by-query', '/entity-facets?facet=kind', '/entities/by-name/user/default/mae', '/locations']) {
    await refused(`${path}${path.includes('?') ? '&' : '?'}unheard=1`);
  }
});

test('wrong values of known parameters are refused', async () => {
  for (const path of [
    '/entities?limit=0', '/entities?limit=-1', '/entities?limit=x', '/entities?offset=-1', '/entities?after=', '/entities?after=nonsense', '/entities?filter=%3Dx',
    '/entities?fields=metadata.tags%5B0%5D', '/entities?order=metadata.name', '/entities?order=up:metadata.name', '/entities/by-query?orderField=metadata.name,up',
    '/entities/by-query?cursor=x', '/entities/by-query?totalItems=maybe', '/entities/by-query?limit=x', '/entity-facets', '/entity-facets?facet=',
  ]) await refused(path);
});

test('wrong bodies are refused', async () => {
  for (const [path, body] of [
    ['/entities/by-refs', '{'], ['/entities/by-refs', {}], ['/entities/by-refs', { entityRefs: 'user:default/mae' }],
    ['/entities/by-query', { query: ['x'] }], ['/entities/by-query', { query: 'x' }], ['/entities/by-query', { orderBy: [{ field: 'kind', order: 'up' }] }],
    ['/entity-facets', { query: {} }], ['/refresh', {}], ['/locations', { type: 'url' }], ['/locations', { type: 'url', target: 'https://example.com/x', more: 1 }],
  ]) await refused(path, { method: 'POST', body });
});

test('a page of the older list links to the next, up to the end', async () => {
  const all = await json('/entities?fields=metadata.uid');
  const seen = [];
  let path = '/entities?limit=40&fields=metadata.uid';
  for (let pages = 0; path && pages < 10; pages++) {
    const answer = await portal.raw(path);
    seen.push(...(await answer.json()).map(entity => entity.metadata.uid));
    const link = answer.headers.get('link');
    const match = link && /^<([^>]+)>; rel="next"$/.exec(link);
    assert.ok(!link || match, `the link header is ${link}`);
    path = match && match[1].replace(/^.*?\/entities/, '/entities');
  }
  assert.equal(seen.length, all.length);
  assert.equal(new Set(seen).size, all.length);
});

test('either verb takes a cursor of the other', async () => {
  const got = await json('/entities/by-query?limit=5&orderField=metadata.name,asc');
  const posted = await json('/entities/by-query', { method: 'POST', body: { limit: 5, orderBy: [{ field: 'metadata.name', order: 'asc' }], query: { kind: { $in: ['user', 'group', 'api'] } } } });
  for (const { pageInfo } of [got, posted]) {
    const byGet = await json(`/entities/by-query?limit=5&cursor=${encodeURIComponent(pageInfo.nextCursor)}`);
    const byPost = await json('/entities/by-query', { method: 'POST', body: { limit: 5, cursor: pageInfo.nextCursor } });
    assert.equal(byGet.items.length, 5);
    assert.deepEqual(byPost.items, byGet.items);
    assert.equal(byGet.totalItems === got.totalItems || byGet.totalItems === posted.totalItems, true);
  }
});

test('with a cursor, what it holds wins over what is asked beside it', async () => {
  const first = await json('/entities/by-query?limit=5&filter=kind=user&orderField=metadata.name,asc');
  const cursor = encodeURIComponent(first.pageInfo.nextCursor);
  const plain = await json(`/entities/by-query?limit=5&cursor=${cursor}`);
  const beside = await json(`/entities/by-query?limit=5&cursor=${cursor}&filter=kind=group&orderField=kind,desc`);
  assert.deepEqual(beside.items, plain.items);
});

test('empty filters filter nothing, and parts are trimmed', async () => {
  const all = await json('/entities?fields=metadata.uid');
  assert.equal((await json('/entities?filter=&fields=metadata.uid')).length, all.length);
  assert.equal((await json('/entities?filter=%20kind%20=%20user%20,&fields=metadata.uid')).length, 8);
  assert.equal((await json('/entities?filter=kind=user,kind=group&fields=metadata.uid')).length, 14);
  assert.equal((await json('/entities?filter=kind,kind=user&fields=metadata.uid')).length, 8);
});

test('by-uid reads, and forgets without complaint what it does not know', async () => {
  const mae = await json('/entities/by-name/user/default/mae');
  assert.deepEqual(await json(`/entities/by-uid/${mae.metadata.uid}`), mae);
  await refused('/entities/by-uid/0b2f3c1e-1111-4111-8111-111111111111', {}, 404, 'NotFoundError');
  assert.equal((await portal.raw('/entities/by-uid/0b2f3c1e-1111-4111-8111-111111111111', { method: 'DELETE' })).status, 204);
});

test('what is not found says what it was', async () => {
  const body = await refused('/entities/by-name/component/default/nobody', {}, 404, 'NotFoundError');
  assert.equal(body.error.message, "No entity named 'nobody' found, with kind 'component' in namespace 'default'");
  await refused('/entities/by-name/component/default/nobody/ancestry', {}, 404, 'NotFoundError');
  await refused('/locations/0b2f3c1e-1111-4111-8111-111111111111', {}, 404, 'NotFoundError');
  await refused('/locations/by-entity/component/default/nobody', {}, 404, 'NotFoundError');
});

test('refresh answers 200 with nothing', async () => {
  const answer = await portal.raw('/refresh', { method: 'POST', body: { entityRef: 'user:default/mae' } });
  assert.equal(answer.status, 200);
  assert.equal(await answer.text(), '');
});

test('validate-entity answers 400 with a bare list of errors', async () => {
  const answer = await portal.raw('/validate-entity', { method: 'POST', body: { location: 'url:https://example.com/x', entity: { kind: 'Component' } } });
  assert.equal(answer.status, 400);
  const body = await answer.json();
  assert.deepEqual(Object.keys(body), ['errors']);
});

test('a body of close to a hundred kilobytes is read', async () => {
  const entityRefs = Array.from({ length: 2000 }, (_, at) => `component:default/some-name-of-a-component-${at}`);
  const { items } = await json('/entities/by-refs', { method: 'POST', body: { entityRefs } });
  assert.equal(items.length, 2000);
});

test('entities are JSON in UTF-8', async () => {
  const answer = await portal.raw('/entities/by-name/user/default/zoe');
  assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8');
  assert.equal((await answer.json()).spec.profile.displayName, 'Zoë Ångström');
});
