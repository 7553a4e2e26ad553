// Every method of the official client that reads, with what it answers and what it refuses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { Portal } from './portal.mjs';

const portal = Portal.fromEnvironment();
const { client } = portal;
const token = portal.options;
const { items: all } = await client.getEntities({}, token);

const failsWith = (status, name) => error => {
  assert.equal(error.name, 'ResponseError');
  assert.equal(error.statusCode, status);
  assert.equal(error.body.error.name, name);
  assert.equal(error.cause.name, name);
  assert.ok(error.body.error.message);
  assert.equal(error.body.response.statusCode, status);
  assert.ok(error.body.request.method && error.body.request.url);
  return true;
};

test('getEntities: every entity is complete', () => {
  assert.ok(all.length >= 90, `there are ${all.length}`);
  for (const entity of all) {
    const { metadata, relations = [] } = entity;
    assert.match(metadata.uid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.match(metadata.etag, /^[0-9a-f]{40}$/);
    assert.ok(metadata.namespace);
    assert.match(metadata.annotations['backstage.io/managed-by-location'], /^(file|url):/);
    assert.match(metadata.annotations['backstage.io/managed-by-origin-location'], /^(file|url):/);
    for (const relation of relations) {
      assert.deepEqual(Object.keys(relation).sort(), ['targetRef', 'type']);
      assert.equal(relation.targetRef, relation.targetRef.toLowerCase());
    }
    const sorted = [...relations].sort((a, b) => (a.type < b.type || (a.type === b.type && a.targetRef < b.targetRef) ? -1 : 1));
    assert.deepEqual(relations, sorted);
  }
});

test('getEntities: relations are there in both directions', () => {
  const refOf = ({ kind, metadata }) => `${kind}:${metadata.namespace}/${metadata.name}`.toLowerCase();
  const byRef = new Map(all.map(entity => [refOf(entity), entity]));
  const inverse = { ownedBy: 'ownerOf', partOf: 'hasPart', memberOf: 'hasMember', dependsOn: 'dependencyOf', providesApi: 'apiProvidedBy', consumesApi: 'apiConsumedBy', childOf: 'parentOf' };
  let seen = 0;
  for (const entity of all) {
    for (const { type, targetRef } of entity.relations ?? []) {
      const target = byRef.get(targetRef);
      if (!inverse[type] || !target) continue;
      seen++;
      assert.ok(target.relations.some(other => other.type === inverse[type] && other.targetRef === refOf(entity)), `${targetRef} does not know ${type} of ${refOf(entity)}`);
    }
  }
  assert.ok(seen > 50);
});

test('getEntities: filters, fields, order and page', async () => {
  const { items } = await client.getEntities({ filter: { kind: 'user' }, fields: ['metadata.name'], order: { field: 'metadata.name', order: 'desc' }, limit: 3 }, token);
  assert.equal(items.length, 3);
  assert.deepEqual(Object.keys(items[0]), ['metadata']);
  const names = items.map(item => item.metadata.name.toLowerCase());
  assert.deepEqual(names, [...names].sort().reverse());
});

test('getEntityByRef and getEntityByName: case does not matter, nothing is undefined', async () => {
  const mae = await client.getEntityByRef('user:default/mae', token);
  assert.equal(mae.metadata.name, 'mae');
  assert.deepEqual(await client.getEntityByRef('USER:mae', token), mae);
  assert.deepEqual(await client.getEntityByRef({ kind: 'User', namespace: 'DEFAULT', name: 'Mae' }, token), mae);
  assert.deepEqual(await client.getEntityByName({ kind: 'user', name: 'mae' }, token), mae);
  assert.equal(await client.getEntityByRef('user:default/nobody', token), undefined);
  assert.equal(await client.getEntityByName({ kind: 'user', namespace: 'x', name: 'mae' }, token), undefined);
});

test('getEntitiesByRefs: in the order asked for, with holes, in chunks', async () => {
  const entityRefs = Array.from({ length: 1200 }, (_, at) => (at % 3 === 0 ? 'user:default/mae' : at % 3 === 1 ? `component:default/none-${at}` : 'Group:default/ops'));
  const { items } = await client.getEntitiesByRefs({ entityRefs, fields: ['kind'] }, token);
  assert.equal(items.length, 1200);
  assert.deepEqual(items.slice(0, 3), [{ kind: 'User' }, undefined, { kind: 'Group' }]);
  assert.deepEqual((await client.getEntitiesByRefs({ entityRefs: [] }, token)).items, []);
  const filtered = await client.getEntitiesByRefs({ entityRefs: ['user:default/mae', 'group:default/ops'], filter: { kind: 'group' } }, token);
  assert.deepEqual(filtered.items.map(item => item?.kind), [undefined, 'Group']);
});

test('queryEntities: cursors and totals', async () => {
  const first = await client.queryEntities({ filter: { kind: 'component' }, limit: 10, orderFields: { field: 'metadata.name', order: 'asc' } }, token);
  assert.equal(first.items.length, 10);
  assert.equal(first.totalItems, all.filter(entity => entity.kind === 'Component').length);
  assert.equal(first.pageInfo.prevCursor, undefined);
  const second = await client.queryEntities({ cursor: first.pageInfo.nextCursor, limit: 10 }, token);
  assert.equal(second.totalItems, first.totalItems);
  const back = await client.queryEntities({ cursor: second.pageInfo.prevCursor, limit: 10 }, token);
  assert.deepEqual(back.items, first.items);
  assert.equal((await client.queryEntities({ limit: 0 }, token)).totalItems, all.length);
  assert.equal((await client.queryEntities({ totalItems: 'exclude', limit: 1 }, token)).totalItems, 0);
});

test('queryEntities: predicates, and what is none', async () => {
  const { items } = await client.queryEntities({ query: { $all: [{ kind: 'group' }, { $not: { 'spec.parent': { $exists: true } } }] } }, token);
  assert.deepEqual(items.map(item => item.metadata.name), ['ops']);
  await assert.rejects(client.queryEntities({ query: { kind: { $like: 'x' } } }, token), failsWith(400, 'InputError'));
  await assert.rejects(client.queryEntities({ query: { 'spec.steps': { $contains: { id: 'one' } } } }, token), failsWith(400, 'InputError'));
  await assert.rejects(client.queryEntities({ query: { relations: { $contains: { targetRef: 'group:default/ops' } } } }, token), failsWith(400, 'InputError'));
});

test('queryEntities: a cursor that is none is refused', async () => {
  await assert.rejects(client.queryEntities({ cursor: 'nonsense' }, token), failsWith(400, 'InputError'));
  await assert.rejects(client.queryEntities({ cursor: btoa('{"query":{}}') }, token), failsWith(400, 'InputError'));
});

test('streamEntities: every entity once', async () => {
  const names = [];
  for await (const page of client.streamEntities({ pageSize: 7, fields: ['metadata.uid'] }, token)) {
    assert.ok(page.length <= 7);
    names.push(...page.map(item => item.metadata.uid));
  }
  assert.equal(new Set(names).size, all.length);
  assert.equal(names.length, all.length);
});

test('getEntityFacets: counts as they are written', async () => {
  const { facets } = await client.getEntityFacets({ facets: ['kind', 'spec.nowhere'], filter: { kind: ['user', 'api'] } }, token);
  assert.deepEqual(facets, { kind: [{ value: 'API', count: 8 }, { value: 'User', count: 8 }], 'spec.nowhere': [] });
  const byQuery = await client.getEntityFacets({ facets: ['kind'], query: { kind: { $in: ['user', 'api'] } } }, token);
  assert.deepEqual(byQuery.facets, { kind: facets.kind });
  const exists = await client.getEntityFacets({ facets: ['kind'], filter: { 'spec.memberOf': CATALOG_FILTER_EXISTS } }, token);
  assert.deepEqual(exists.facets.kind.map(facet => facet.value), ['User']);
});

test('getEntityAncestors: begins with the entity itself', async () => {
  const { rootEntityRef, items } = await client.getEntityAncestors({ entityRef: 'user:default/mae' }, token);
  assert.equal(rootEntityRef, 'user:default/mae');
  assert.equal(items[0].entity.metadata.name, 'mae');
  for (const { parentEntityRefs } of items) {
    for (const ref of parentEntityRefs) assert.ok(items.some(item => `${item.entity.kind}:${item.entity.metadata.namespace}/${item.entity.metadata.name}`.toLowerCase() === ref), `${ref} is not among the items`);
  }
  await assert.rejects(client.getEntityAncestors({ entityRef: 'user:default/nobody' }, token), failsWith(404, 'NotFoundError'));
});

test('refreshEntity: accepts what is known', async () => {
  await client.refreshEntity('user:default/mae', token);
  await assert.rejects(client.refreshEntity('user:default/nobody', token), failsWith(404, 'NotFoundError'));
});

test('validateEntity: says what is wrong, without the envelope of errors', async () => {
  const entity = { apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata: { name: 'fine' }, spec: { type: 'service', lifecycle: 'production', owner: 'ops' } };
  assert.deepEqual(await client.validateEntity(entity, 'url:https://example.com/catalog-info.yaml', token), { valid: true });
  for (const wrong of [{ ...entity, spec: { type: 'service' } }, { ...entity, metadata: { name: 'not fine!' } }, { ...entity, kind: undefined }, { ...entity, kind: 'Unheard' }]) {
    const { valid, errors } = await client.validateEntity(wrong, 'url:https://example.com/catalog-info.yaml', token);
    assert.equal(valid, false);
    assert.ok(errors.length && errors.every(error => error.name && error.message), JSON.stringify(errors));
  }
  assert.equal((await client.validateEntity(entity, 'file:/etc/passwd', token)).valid, false);
});
