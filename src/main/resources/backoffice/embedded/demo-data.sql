insert into customer_group (vendor, name)
values ('dev', 'group_0'), ('dev', 'group_1'), ('dev', '华东区'), ('dev', '教育/科研 & OEM');

insert into customer (vendor, name, group_id, reg_date, city, contact)
select 'dev', c.name, g.id, timestamp '2026-01-05 09:00:00', c.city, c.contact
from (values
    ('customer_0', 'group_0', 'Shenzhen', 'Ada'),
    ('customer_1', 'group_0', 'Shanghai', 'Grace'),
    ('customer_2', 'group_1', 'Berlin', null),
    ('customer_3', 'group_1', 'Lisbon', null),
    ('上海星辰软件有限公司', '华东区', '上海', '王芳'),
    ('杭州云帆科技', '华东区', '杭州', '李雷'),
    ('苏州 100% 精密仪器', '华东区', '苏州', null),
    ('清华大学', '教育/科研 & OEM', '北京', '韩梅梅'),
    ('École polytechnique', '教育/科研 & OEM', 'Palaiseau', null),
    ('customer_4', null, null, null),
    ('customer_5', null, null, null),
    ('深圳未分组客户', null, '深圳', null)
) as c (name, group_name, city, contact)
left join customer_group g on g.vendor = 'dev' and g.name = c.group_name;
