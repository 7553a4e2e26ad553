// Writes the catalog that both sides are asked about: valid entities with everything in them that filters, orders and
// projections might stumble over. node entities.mjs FOLDER
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chance } from './chance.mjs';

const chance = new Chance(20261120);
const groups = ['ops', 'Payments-Core', 'lending', 'design.system', 'data_platform', 'mobile'];
const users = ['mae', 'kim', 'Noor', 'li', 'zoe', 'ada', 'bo', 'eve'];
const systems = ['checkout', 'Ledger', 'risk', 'portal'];
const domains = ['retail', 'treasury'];
const apis = ['orders-api', 'Rates-API', 'ledger-events', 'kyc-v2', 'limits', 'quotes', 'cards', 'statements'];
const resources = ['orders-db', 'Rates.Cache', 'ledger_topic', 'archive-bucket', 'kyc-queue', 'quotes-db'];
const namespaces = ['default', 'default', 'default', 'payments', 'team-x'];
const tags = ['java', 'dotnet', 'c#', 'c++', 'tier:1', 'tier:2', 'a', 'pci', 'java-17', 'go'];
const long = 'Long '.repeat(60);

const reference = (kind, name) => `${kind}:${name}`;
const some = (of, most) => [...new Set(chance.some(of, 0, most))];

function metadata(name, namespace) {
  const data = { name };
  if (namespace !== 'default') data.namespace = namespace;
  if (chance.happens(0.6)) data.title = chance.one([`The ${name}`, name.toUpperCase(), 'Ærø Å', 'a title, with a comma', 'x=y', '100 %', 'snake_case title', '日本語 の題', '😀 smile', 'Ünïcödé', 'Щука', `${'å'.repeat(150)}`]);
  if (chance.happens(0.7)) data.description = chance.one([`Does what ${name} does.`, long, 'Zwölf Boxkämpfer', 'short', 'ÉTÉ à la plage', 'line one\nline two']);
  if (chance.happens(0.7)) {
    data.tags = some(tags, 4);
  }
  if (chance.happens(0.5)) data.labels = { tier: chance.one(['1', '2', '3']), 'polaris.example/Colony': chance.one(['north', 'South', '']) };
  if (chance.happens(0.7)) {
    data.annotations = {
      'github.com/project-slug': `polaris/${name}`,
      ...(chance.happens(0.3) && { 'example.com/Long.Note': long }),
      ...(chance.happens(0.3) && { 'example.com/empty': '' }),
      ...(chance.happens(0.3) && { simple: chance.one(['yes', 'No', 'true', '7']) }),
    };
  }
  if (chance.happens(0.4)) data.links = [{ url: `https://example.com/${name}`, title: 'Home' }, { url: 'https://example.com/b?c=d,e', icon: 'docs' }].slice(0, 1 + chance.below(2));
  if (chance.happens(0.3)) data.costCentre = chance.one([12, 7, 1.5, -3, 0, 1e21]);
  if (chance.happens(0.2)) data.contacts = [{ name: 'Mae', role: 'lead' }, { name: 'Kim', role: 'on-call', phones: ['1', '2'] }];
  return data;
}

/** What the model lets through and the index has to cope with. */
function extras() {
  return {
    ...(chance.happens(0.3) && { critical: chance.happens(0.5) }),
    ...(chance.happens(0.3) && { replicas: chance.one([1, 2, 10, 9, 100]) }),
    ...(chance.happens(0.2) && { nothing: null }),
    ...(chance.happens(0.2) && { colours: chance.one([['Blue', 'red'], ['blue'], ['Red', 'GREEN', 'red'], []]) }),
    ...(chance.happens(0.2) && { matrix: [['a', 'b'], ['c']] }),
    ...(chance.happens(0.2) && { steps: [{ id: 'one', with: { Deep: 'x' } }, { id: 'two' }, 'loose'] }),
    ...(chance.happens(0.2) && { 'dotted.key': 'd', dotted: { other: 'o', 'a.b': 1 } }),
    ...(chance.happens(0.1) && { ['k'.repeat(220)]: 'under a long key' }),
    ...(chance.happens(0.1) && { empty: {} }),
    ...(chance.happens(0.1) && { 'two words': 'spaced value' }),
    ...(chance.happens(0.2) && { edge: chance.one(['x'.repeat(200), 'y'.repeat(201), 'x'.repeat(199)]) }),
  };
}

const entities = [];
function add(kind, name, namespace, spec, apiVersion = 'backstage.io/v1alpha1') {
  entities.push({ apiVersion, kind, metadata: metadata(name, namespace), spec });
}

const owner = () => chance.one(['ops', 'group:default/Payments-Core', 'lending', 'user:mae', 'group:nobody-knows', 'GROUP:Default/Mobile', 'user:default/noor']);
const lifecycle = () => chance.one(['production', 'Experimental', 'deprecated', 'experimental']);

for (const name of domains) add('Domain', name, 'default', { owner: owner(), ...extras() });
for (const name of groups) add('Group', name, 'default', { type: chance.one(['squad', 'Team']), profile: { displayName: `Group ${name}`, email: `${name}@example.com` }, ...(name !== 'ops' && { parent: 'ops' }), children: [], ...extras() });
for (const name of users) add('User', name, 'default', { profile: { displayName: name === 'zoe' ? 'Zoë Ångström' : `Person ${name}` }, memberOf: some(groups, 3), ...extras() });
for (const name of systems) add('System', name, 'default', { owner: owner(), domain: chance.one(domains), ...extras() }, 'backstage.io/v1beta1');
for (const name of apis) add('API', name, 'default', { type: chance.one(['openapi', 'grpc']), lifecycle: lifecycle(), owner: owner(), system: chance.one(systems), definition: chance.one([long, 'small: true', '']) || ' ', ...extras() });
for (const name of resources) add('Resource', name, 'default', { type: chance.one(['database', 'Topic']), owner: owner(), dependsOn: [], ...extras() });
for (let i = 0; i < 56; i++) {
  const name = `${chance.one(['pay', 'Pay', 'order', 'rate', 'kyc', 'x'])}-${chance.one(['core', 'web', 'Worker', 'lib_1', 'v2.1'])}-${i}`;
  add('Component', name, chance.one(namespaces), {
    type: chance.one(['service', 'website', 'Library', 'worker']),
    lifecycle: lifecycle(),
    owner: owner(),
    ...(chance.happens(0.6) && { system: `default/${chance.one(systems)}` }),
    ...(chance.happens(0.2) && { subcomponentOf: 'component:default/missing-parent' }),
    providesApis: some(apis, 2).map(api => reference('api', `default/${api}`)),
    ...(chance.happens(0.7) && { consumesApis: some(apis, 3).map(api => `default/${api}`) }),
    ...(chance.happens(0.6) && { dependsOn: [...some(resources, 2).map(name => reference('resource', `default/${name}`)), ...some(['component:default/gone'], 1)] }),
    ...extras(),
  });
}

// Scalars that YAML knows and JSON does not write.
const byHand = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: by-hand
  annotations: { example.com/quoted: "0017", example.com/folded: plain words }
spec:
  type: service
  lifecycle: production
  owner: ops
  price: 1.50
  rounded: 2.0
  hexadecimal: 0x1F
  exponent: 1e3
  negative: -0.5
  yes: yes
  tilde: ~
  date: 2026-11-20
  list: [1, 1.0, true, null, text]
`;

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'entities.yaml'), entities.map(entity => JSON.stringify(entity, null, 2)).join('\n---\n') + '\n');
writeFileSync(join(folder, 'by-hand.yaml'), byHand);
console.log(entities.length + 1);
