insert into customer_group (vendor, name)
values ('dev', 'group_0'), ('dev', 'group_1'), ('dev', '华东区'), ('dev', '教育/科研 & OEM'), ('dev', '试用客户')
on conflict do nothing;

insert into customer (vendor, name, group_id, reg_date, city, contact, reference_id)
select 'dev', c.name, g.id, timestamp '2026-01-05 09:00:00', c.city, c.contact, c.reference_id
from (values
    ('customer_0', 'group_0', 'Shenzhen', 'Ada', 'crm-1001'),
    ('customer_1', 'group_0', 'Shanghai', 'Grace', null),
    ('customer_2', 'group_1', 'Berlin', null, null),
    ('customer_3', 'group_1', 'Lisbon', null, null),
    ('customer_4', 'group_1', 'Oslo', null, null),
    ('上海星辰软件有限公司', '华东区', '上海', '王芳', null),
    ('杭州云帆科技', '华东区', '杭州', '李雷', null),
    ('苏州 100% 精密仪器', '华东区', '苏州', null, null),
    ('清华大学', '教育/科研 & OEM', '北京', '韩梅梅', null),
    ('École polytechnique', '教育/科研 & OEM', 'Palaiseau', null, null),
    ('customer_4', null, null, null, null),
    ('customer_5', null, null, null, null),
    ('深圳未分组客户', null, '深圳', null, null)
) as c (name, group_name, city, contact, reference_id)
left join customer_group g on g.vendor = 'dev' and g.name = c.group_name
on conflict do nothing;
