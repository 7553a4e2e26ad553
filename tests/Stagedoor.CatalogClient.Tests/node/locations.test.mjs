// Every method of the official client that registers, changes and removes, against files that this test serves itself.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Portal } from './portal.mjs';

const portal = Portal.fromEnvironment();
const { client } = portal;
const token = portal.options;
const places = new URL(process.env.PLACES);
const component = (name, description) => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  description: ${description}
spec: { type: service, lifecycle: production, owner: ops }
`;
const files = {
  '/one/catalog-info.yaml': component('registered-one', 'first'),
  '/two/catalog-info.yaml': component('registered-two', 'second'),
  '/broken/catalog-info.yaml': 'kind: Component\nmetadata: {}\n',
};
const one = new URL('/one/catalog-info.yaml', places).href;
const two = new URL('/two/catalog-info.yaml', places).href;
const server = createServer((request, response) => {
  const content = files[request.url];
  response.writeHead(content === undefined ? 404 : 200, { 'content-type': 'text/yaml' }).end(content);
});
before(() => new Promise(listening => server.listen(Number(places.port), places.hostname, listening)));
after(() => {
  server.closeAllConnections();
  server.close();
});

async function eventually(what, look) {
  const until = Date.now() + 45_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > until) assert.fail(`not within 45 s: ${what}`);
    await pause(50);
  }
}

const entity = ref => client.getEntityByRef(ref, token);
const refOf = target => `location:default/generated-${createHash('sha1').update(`url:${target}`).digest('hex')}`;
const failsWith = (status, name) => error => {
  assert.equal(error.name, 'ResponseError');
  assert.equal(error.statusCode, status, JSON.stringify(error.body));
  assert.equal(error.cause.name, name);
  return true;
};

let location;

test('addLocation: a dry run shows what would come and keeps nothing', async () => {
  const { location, entities, exists } = await client.addLocation({ target: one, dryRun: true }, token);
  assert.deepEqual(location, { id: `url:${one}`, type: 'url', target: one, entityRef: refOf(one) });
  assert.equal(exists, false);
  assert.deepEqual(entities.map(({ kind }) => kind).sort(), ['Component', 'Location']);
  assert.equal(await entity('component:default/registered-one'), undefined);
  assert.deepEqual((await client.queryLocations({ query: { target: one } }, token)).items, []);
});

test('addLocation: registers, and the entity comes', async () => {
  const added = await client.addLocation({ target: one }, token);
  location = added.location;
  assert.match(location.id, /^[0-9a-f-]{36}$/);
  assert.deepEqual({ ...location, id: '' }, { id: '', type: 'url', target: one, entityRef: refOf(one) });
  assert.deepEqual(added.entities, []);
  const registered = await eventually('the registered entity', () => entity('component:default/registered-one'));
  assert.equal(registered.metadata.annotations['backstage.io/managed-by-location'], `url:${one}`);
  assert.equal(registered.metadata.annotations['backstage.io/managed-by-origin-location'], `url:${one}`);
  const place = await entity(location.entityRef);
  assert.deepEqual([place.spec.type, place.spec.target], ['url', one]);
});

test('addLocation: a known one is a conflict, unless it is to be refreshed', async () => {
  await assert.rejects(client.addLocation({ target: one }, token), failsWith(409, 'ConflictError'));
  assert.equal((await client.addLocation({ target: one, onConflict: 'refresh' }, token)).location.id, location.id);
  assert.equal((await client.addLocation({ target: one, dryRun: true }, token)).exists, true);
});

test('addLocation: what is no address, or of a type that is not allowed, is refused', async () => {
  await assert.rejects(client.addLocation({ type: 'file', target: '/etc/passwd' }, token), failsWith(400, 'InputError'));
  await assert.rejects(client.addLocation({ target: new URL('/broken/catalog-info.yaml', places).href, dryRun: true }, token), failsWith(400, 'InputError'));
});

test('getLocations, queryLocations and streamLocations list it', async () => {
  assert.deepEqual((await client.getLocations({}, token)).items.filter(item => item.target === one), [location]);
  const found = await client.queryLocations({ query: { target: one } }, token);
  assert.deepEqual([found.items, found.totalItems, found.pageInfo.nextCursor], [[location], 1, undefined]);
  const streamed = [];
  for await (const page of client.streamLocations({}, token)) streamed.push(...page);
  assert.ok(streamed.some(item => item.id === location.id));
});

test('getLocationById, getLocationByRef and getLocationByEntity find it', async () => {
  assert.deepEqual(await client.getLocationById(location.id, token), location);
  assert.deepEqual(await client.getLocationByRef(`url:${one}`, token), location);
  assert.deepEqual(await client.getLocationByEntity('component:default/registered-one', token), location);
  assert.equal(await client.getLocationById('0b2f3c1e-1111-4111-8111-111111111111', token), undefined);
  assert.equal(await client.getLocationByRef('url:https://example.com/none', token), undefined);
  assert.equal(await client.getLocationByEntity('component:default/nobody', token), undefined);
});

test('refreshEntity: what has changed is read', async () => {
  files['/one/catalog-info.yaml'] = component('registered-one', 'changed');
  await client.refreshEntity('component:default/registered-one', token);
  await eventually('the changed description', async () => (await entity('component:default/registered-one'))?.metadata.description === 'changed');
});

test('removeEntityByUid: what is still declared comes back as another', async () => {
  const { uid } = (await entity('component:default/registered-one')).metadata;
  await client.removeEntityByUid(uid, token);
  const returned = await eventually('its return', async () => {
    const found = await entity('component:default/registered-one');
    return found?.metadata.uid !== uid && found;
  });
  assert.equal(returned.metadata.description, 'changed');
  await client.removeEntityByUid('0b2f3c1e-1111-4111-8111-111111111111', token);
});

test('updateLocation: reads another address from then on, under the same reference', async () => {
  const updated = await client.updateLocation(location.id, { target: two }, token);
  assert.deepEqual(updated, { ...location, target: two });
  await eventually('the entity of the other address', () => entity('component:default/registered-two'));
  await eventually('the end of the entity of the former', async () => (await entity('component:default/registered-one')) === undefined);
  await assert.rejects(client.updateLocation('0b2f3c1e-1111-4111-8111-111111111111', { target: one }, token), failsWith(404, 'NotFoundError'));
  const other = (await client.addLocation({ target: one }, token)).location;
  await assert.rejects(client.updateLocation(other.id, { target: two }, token), failsWith(409, 'ConflictError'));
  await client.removeLocationById(other.id, token);
});

test('analyzeLocation: tells what stands there, or what could', async () => {
  const found = await client.analyzeLocation({ location: { type: 'url', target: two } }, token);
  assert.ok(Array.isArray(found.existingEntityFiles) && Array.isArray(found.generateEntities), JSON.stringify(found));
  await assert.rejects(client.analyzeLocation({ location: { type: 'url', target: 'no address' } }, token), failsWith(400, 'InputError'));
});

test('removeLocationById: its entities go along', async () => {
  await client.removeLocationById(location.id, token);
  assert.equal(await client.getLocationById(location.id, token), undefined);
  await eventually('the end of its entity', async () => (await entity('component:default/registered-two')) === undefined);
  await assert.rejects(client.removeLocationById(location.id, token), failsWith(404, 'NotFoundError'));
});
