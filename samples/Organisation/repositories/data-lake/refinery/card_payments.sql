select
    event ->> 'card'            as card,
    event ->> 'merchant'        as merchant,
    (event ->> 'amount')::bigint as minor_units,
    occurred_at
from raw.card_used
where occurred_at >= :from and occurred_at < :until
  and not exists (select 1 from raw.card_reversed r where r.event ->> 'authorisation' = raw.card_used.event ->> 'authorisation')
