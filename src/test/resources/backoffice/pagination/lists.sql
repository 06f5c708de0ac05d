-- groups
select p1_0.total,p1_0.bytes,case when p1_0.bytes<=$1 then p1_0.name end
from (select (select cast(coalesce(sum(rcs1_0.rows),0) as bigint)
from row_count rcs1_0
where rcs1_0.vendor=$2 and rcs1_0.list='groups'),coalesce(pg_column_size(array_agg(page1_0.name)), 0),array_agg(page1_0.name)
from (select cg1_0.name
from customer_group cg1_0
where cg1_0.vendor=$2
order by cg1_0.name
offset $3 rows
fetch first $4 rows only) page1_0(name)) p1_0(total,bytes,name);

-- groups, far from the start
select max(r1_0.firstName) filter (where r1_0.before<=cast($1 as bigint)),cast(max(r1_0.before) filter (where r1_0.before<=$1) as bigint),coalesce(min(r1_0.firstName) filter (where r1_0.before>$1),(select max(cg1_0.name)
from customer_group cg1_0
where cg1_0.vendor=$2))
from (select rcs1_0.first_name,(sum(sum(rcs1_0.rows)) over(order by rcs1_0.first_name)-sum(rcs1_0.rows))
from row_count rcs1_0
where rcs1_0.vendor=$2 and rcs1_0.list='groups' group by rcs1_0.first_name) r1_0(firstName,before);

select n1_0.name,case when (select count(*)
from customer_group cg2_0
where cg2_0.vendor=$1 and cg2_0.name=n1_0.name)=1 then 0 else (cast($2 as bigint)-(select count(*)
from customer_group cg3_0
where cg3_0.vendor=$1 and cg3_0.name>=$3 and cg3_0.name<n1_0.name)) end
from (select cg1_0.name
from customer_group cg1_0
where cg1_0.vendor=$1 and cg1_0.name>=$3 and cg1_0.name<=$4
order by cg1_0.name
offset $2 rows
fetch first 1 rows only) n1_0(name);

select p1_0.total,p1_0.bytes,case when p1_0.bytes<=$1 then p1_0.name end
from (select (select cast(coalesce(sum(rcs1_0.rows),0) as bigint)
from row_count rcs1_0
where rcs1_0.vendor=$2 and rcs1_0.list='groups'),coalesce(pg_column_size(array_agg(page1_0.name)), 0),array_agg(page1_0.name)
from (select cg1_0.name
from customer_group cg1_0
where cg1_0.vendor=$2 and cg1_0.name>=$3
order by cg1_0.name
offset $4 rows
fetch first $5 rows only) page1_0(name)) p1_0(total,bytes,name);

-- groups that a search finds
select p1_0.total,p1_0.bytes,case when p1_0.bytes<=$1 then p1_0.name end
from (select
case when count(*)<$2 and (count(*)>0 or $3=0) then (count(*)+cast($3 as bigint)) else (select count(*)
from customer_group cg2_0
where cg2_0.vendor=$4 and (cg2_0.name like $5)) end,coalesce(pg_column_size(array_agg(page1_0.name)), 0),array_agg(page1_0.name)
from (select cg1_0.name
from customer_group cg1_0
where cg1_0.vendor=$4 and (cg1_0.name like $5)
order by cg1_0.name
offset $3 rows
fetch first $2 rows only) page1_0(name)) p1_0(total,bytes,name);

-- groups in a range of names
select p1_0.total,p1_0.bytes,case when p1_0.bytes<=$1 then p1_0.name end
from (select
case when count(*)<$2 and (count(*)>0 or $3=0) then (count(*)+cast($3 as bigint)) else (select
case when following1_0.name is null or following1_0.name>last1_0.name then (select count(*)
from customer_group cg2_0
where cg2_0.vendor=$4 and cg2_0.name>=$5 and cg2_0.name<$6) else (((select count(*)
from customer_group cg3_0
where cg3_0.vendor=$4 and cg3_0.name>=$5 and cg3_0.name<$6 and cg3_0.name<following1_0.name)+(select count(*)
from customer_group cg4_0
where cg4_0.vendor=$4 and cg4_0.name>=$5 and cg4_0.name<$6 and cg4_0.name>=last1_0.name))+(select coalesce(sum(rcs3_0.rows),0)
from row_count rcs3_0
where rcs3_0.vendor=$4 and rcs3_0.list='groups' and rcs3_0.first_name>=following1_0.name and rcs3_0.first_name<last1_0.name)) end
from (select min(rcs1_0.first_name)
from row_count rcs1_0
where rcs1_0.vendor=$4 and rcs1_0.list='groups' and rcs1_0.first_name>$5) following1_0(name),(select max(rcs2_0.first_name)
from row_count rcs2_0
where rcs2_0.vendor=$4 and rcs2_0.list='groups' and rcs2_0.first_name<=$6) last1_0(name)) end,coalesce(pg_column_size(array_agg(page1_0.name)), 0),array_agg(page1_0.name)
from (select cg1_0.name
from customer_group cg1_0
where cg1_0.vendor=$4 and cg1_0.name>=$5 and cg1_0.name<$6
order by cg1_0.name
offset $3 rows
fetch first $2 rows only) page1_0(name)) p1_0(total,bytes,name);

-- members of a group
select p1_0.total,p1_0.bytes,case when p1_0.bytes<=$1 then p1_0.name end
from (select (select (select cast(coalesce(sum(rcs1_0.rows),0) as bigint)
from row_count rcs1_0
where rcs1_0.vendor=$2 and rcs1_0.list='members' and rcs1_0.group_id=cg2_0.id)
from customer_group cg2_0
where cg2_0.vendor=$2 and cg2_0.name=$3),coalesce(pg_column_size(array_agg(page1_0.name)), 0),array_agg(page1_0.name)
from (select c1_0.name
from customer c1_0
where c1_0.vendor=$2 and c1_0.group_id=(select cg1_0.id
from customer_group cg1_0
where cg1_0.vendor=$2 and cg1_0.name=$3)
order by c1_0.name
offset $4 rows
fetch first $5 rows only) page1_0(name)) p1_0(total,bytes,name);

-- members of a group, far from the start
select max(r1_0.firstName) filter (where r1_0.before<=cast($1 as bigint)),cast(max(r1_0.before) filter (where r1_0.before<=$1) as bigint),coalesce(min(r1_0.firstName) filter (where r1_0.before>$1),(select max(c1_0.name)
from customer c1_0
where c1_0.vendor=$2 and c1_0.group_id=(select cg2_0.id
from customer_group cg2_0
where cg2_0.vendor=$2 and cg2_0.name=$3)))
from (select rcs1_0.first_name,(sum(sum(rcs1_0.rows)) over(order by rcs1_0.first_name)-sum(rcs1_0.rows))
from row_count rcs1_0
where rcs1_0.vendor=$2 and rcs1_0.list='members' and rcs1_0.group_id=(select cg1_0.id
from customer_group cg1_0
where cg1_0.vendor=$2 and cg1_0.name=$3) group by rcs1_0.first_name) r1_0(firstName,before);

select n1_0.name,case when (select count(*)
from customer c2_0
where c2_0.vendor=$1 and c2_0.group_id=(select cg2_0.id
from customer_group cg2_0
where cg2_0.vendor=$1 and cg2_0.name=$2) and c2_0.name=n1_0.name)=1 then 0 else (cast($3 as bigint)-(select count(*)
from customer c3_0
where c3_0.vendor=$1 and c3_0.group_id=(select cg3_0.id
from customer_group cg3_0
where cg3_0.vendor=$1 and cg3_0.name=$2) and c3_0.name>=$4 and c3_0.name<n1_0.name)) end
from (select c1_0.name
from customer c1_0
where c1_0.vendor=$1 and c1_0.group_id=(select cg1_0.id
from customer_group cg1_0
where cg1_0.vendor=$1 and cg1_0.name=$2) and c1_0.name>=$4 and c1_0.name<=$5
order by c1_0.name
offset $3 rows
fetch first 1 rows only) n1_0(name);

select p1_0.total,p1_0.bytes,case when p1_0.bytes<=$1 then p1_0.name end
from (select (select (select cast(coalesce(sum(rcs1_0.rows),0) as bigint)
from row_count rcs1_0
where rcs1_0.vendor=$2 and rcs1_0.list='members' and rcs1_0.group_id=cg2_0.id)
from customer_group cg2_0
where cg2_0.vendor=$2 and cg2_0.name=$3),coalesce(pg_column_size(array_agg(page1_0.name)), 0),array_agg(page1_0.name)
from (select c1_0.name
from customer c1_0
where c1_0.vendor=$2 and c1_0.group_id=(select cg1_0.id
from customer_group cg1_0
where cg1_0.vendor=$2 and cg1_0.name=$3) and c1_0.name>=$4
order by c1_0.name
offset $5 rows
fetch first $6 rows only) page1_0(name)) p1_0(total,bytes,name);

-- customers
select p1_0.total,p1_0.bytes,case when p1_0.bytes<=$1 then p1_0.name end,case when p1_0.bytes<=$1 then p1_0.groupName end,case when p1_0.bytes<=$1 then p1_0.regDate end,case when p1_0.bytes<=$1 then p1_0.description end,case when p1_0.bytes<=$1 then p1_0.officeNumber end,case when p1_0.bytes<=$1 then p1_0.mobileNumber end,case when p1_0.bytes<=$1 then p1_0.email end,case when p1_0.bytes<=$1 then p1_0.address end,case when p1_0.bytes<=$1 then p1_0.city end,case when p1_0.bytes<=$1 then p1_0.country end,case when p1_0.bytes<=$1 then p1_0.postcode end,case when p1_0.bytes<=$1 then p1_0.contact end,case when p1_0.bytes<=$1 then p1_0.referenceId end
from (select (select cast(coalesce(sum(rcs1_0.rows),0) as bigint)
from row_count rcs1_0
where rcs1_0.vendor=$2 and rcs1_0.list='customers'),((((((((((((coalesce(pg_column_size(array_agg(page1_0.name)), 0)+coalesce(pg_column_size(case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end), 0))+coalesce(pg_column_size(array_agg(page1_0.regDate)), 0))+coalesce(pg_column_size(case when count(page1_0.description) > 0 then array_agg(page1_0.description) end), 0))+coalesce(pg_column_size(case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.email) > 0 then array_agg(page1_0.email) end), 0))+coalesce(pg_column_size(case when count(page1_0.address) > 0 then array_agg(page1_0.address) end), 0))+coalesce(pg_column_size(case when count(page1_0.city) > 0 then array_agg(page1_0.city) end), 0))+coalesce(pg_column_size(case when count(page1_0.country) > 0 then array_agg(page1_0.country) end), 0))+coalesce(pg_column_size(case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end), 0))+coalesce(pg_column_size(case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end), 0))+coalesce(pg_column_size(case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end), 0)),array_agg(page1_0.name),case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end,array_agg(page1_0.regDate),case when count(page1_0.description) > 0 then array_agg(page1_0.description) end,case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end,case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end,case when count(page1_0.email) > 0 then array_agg(page1_0.email) end,case when count(page1_0.address) > 0 then array_agg(page1_0.address) end,case when count(page1_0.city) > 0 then array_agg(page1_0.city) end,case when count(page1_0.country) > 0 then array_agg(page1_0.country) end,case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end,case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end,case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end
from (select c4_0.name,g2_0.name,c4_0.regDate,c4_0.description,c4_0.officeNumber,c4_0.mobileNumber,c4_0.email,c4_0.address,c4_0.city,c4_0.country,c4_0.postcode,c4_0.contact,c4_0.referenceId
from (select c2_0.id,g1_0.name
from (select c1_0.id,c1_0.name,c1_0.reg_date,c1_0.group_id
from customer c1_0
where c1_0.vendor=$2
order by c1_0.name
fetch first $3 rows with ties) c2_0(id,name,regDate,groupId)
left join lateral (select cg1_0.name
from customer_group cg1_0
where cg1_0.vendor=$2 and cg1_0.id=c2_0.groupId
order by cg1_0.id
fetch first 1 rows only) g1_0(name) on true
order by c2_0.name,g1_0.name asc nulls first
offset $4 rows
fetch first $5 rows only) g2_0(id,name)
join lateral (select c3_0.name,c3_0.reg_date,c3_0.description,c3_0.office_number,c3_0.mobile_number,c3_0.email,c3_0.address,c3_0.city,c3_0.country,c3_0.postcode,c3_0.contact,c3_0.reference_id
from customer c3_0
where c3_0.vendor=$2 and c3_0.id=g2_0.id
order by c3_0.id
fetch first 1 rows only) c4_0(name,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId) on true
order by c4_0.name,g2_0.name asc nulls first) page1_0(name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId)) p1_0(total,bytes,name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId);

-- customers, far from the start
select max(r1_0.firstName) filter (where r1_0.before<=cast($1 as bigint)),cast(max(r1_0.before) filter (where r1_0.before<=$1) as bigint),coalesce(min(r1_0.firstName) filter (where r1_0.before>$1),(select max(c1_0.name)
from customer c1_0
where c1_0.vendor=$2))
from (select rcs1_0.first_name,(sum(sum(rcs1_0.rows)) over(order by rcs1_0.first_name)-sum(rcs1_0.rows))
from row_count rcs1_0
where rcs1_0.vendor=$2 and rcs1_0.list='customers' group by rcs1_0.first_name) r1_0(firstName,before);

select n1_0.name,case when (select count(*)
from customer c2_0
where c2_0.vendor=$1 and c2_0.name=n1_0.name)=1 then 0 else (cast($2 as bigint)-(select count(*)
from customer c3_0
where c3_0.vendor=$1 and c3_0.name>=$3 and c3_0.name<n1_0.name)) end
from (select c1_0.name
from customer c1_0
where c1_0.vendor=$1 and c1_0.name>=$3 and c1_0.name<=$4
order by c1_0.name
offset $2 rows
fetch first 1 rows only) n1_0(name);

select p1_0.total,p1_0.bytes,case when p1_0.bytes<=$1 then p1_0.name end,case when p1_0.bytes<=$1 then p1_0.groupName end,case when p1_0.bytes<=$1 then p1_0.regDate end,case when p1_0.bytes<=$1 then p1_0.description end,case when p1_0.bytes<=$1 then p1_0.officeNumber end,case when p1_0.bytes<=$1 then p1_0.mobileNumber end,case when p1_0.bytes<=$1 then p1_0.email end,case when p1_0.bytes<=$1 then p1_0.address end,case when p1_0.bytes<=$1 then p1_0.city end,case when p1_0.bytes<=$1 then p1_0.country end,case when p1_0.bytes<=$1 then p1_0.postcode end,case when p1_0.bytes<=$1 then p1_0.contact end,case when p1_0.bytes<=$1 then p1_0.referenceId end
from (select (select cast(coalesce(sum(rcs1_0.rows),0) as bigint)
from row_count rcs1_0
where rcs1_0.vendor=$2 and rcs1_0.list='customers'),((((((((((((coalesce(pg_column_size(array_agg(page1_0.name)), 0)+coalesce(pg_column_size(case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end), 0))+coalesce(pg_column_size(array_agg(page1_0.regDate)), 0))+coalesce(pg_column_size(case when count(page1_0.description) > 0 then array_agg(page1_0.description) end), 0))+coalesce(pg_column_size(case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.email) > 0 then array_agg(page1_0.email) end), 0))+coalesce(pg_column_size(case when count(page1_0.address) > 0 then array_agg(page1_0.address) end), 0))+coalesce(pg_column_size(case when count(page1_0.city) > 0 then array_agg(page1_0.city) end), 0))+coalesce(pg_column_size(case when count(page1_0.country) > 0 then array_agg(page1_0.country) end), 0))+coalesce(pg_column_size(case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end), 0))+coalesce(pg_column_size(case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end), 0))+coalesce(pg_column_size(case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end), 0)),array_agg(page1_0.name),case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end,array_agg(page1_0.regDate),case when count(page1_0.description) > 0 then array_agg(page1_0.description) end,case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end,case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end,case when count(page1_0.email) > 0 then array_agg(page1_0.email) end,case when count(page1_0.address) > 0 then array_agg(page1_0.address) end,case when count(page1_0.city) > 0 then array_agg(page1_0.city) end,case when count(page1_0.country) > 0 then array_agg(page1_0.country) end,case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end,case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end,case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end
from (select c4_0.name,g2_0.name,c4_0.regDate,c4_0.description,c4_0.officeNumber,c4_0.mobileNumber,c4_0.email,c4_0.address,c4_0.city,c4_0.country,c4_0.postcode,c4_0.contact,c4_0.referenceId
from (select c2_0.id,g1_0.name
from (select c1_0.id,c1_0.name,c1_0.reg_date,c1_0.group_id
from customer c1_0
where c1_0.vendor=$2 and c1_0.name>=$3
order by c1_0.name
fetch first $4 rows with ties) c2_0(id,name,regDate,groupId)
left join lateral (select cg1_0.name
from customer_group cg1_0
where cg1_0.vendor=$2 and cg1_0.id=c2_0.groupId
order by cg1_0.id
fetch first 1 rows only) g1_0(name) on true
order by c2_0.name,g1_0.name asc nulls first
offset $5 rows
fetch first $6 rows only) g2_0(id,name)
join lateral (select c3_0.name,c3_0.reg_date,c3_0.description,c3_0.office_number,c3_0.mobile_number,c3_0.email,c3_0.address,c3_0.city,c3_0.country,c3_0.postcode,c3_0.contact,c3_0.reference_id
from customer c3_0
where c3_0.vendor=$2 and c3_0.id=g2_0.id
order by c3_0.id
fetch first 1 rows only) c4_0(name,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId) on true
order by c4_0.name,g2_0.name asc nulls first) page1_0(name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId)) p1_0(total,bytes,name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId);

-- customers that a search finds
select p1_0.total,p1_0.bytes,case when p1_0.bytes<=$1 then p1_0.name end,case when p1_0.bytes<=$1 then p1_0.groupName end,case when p1_0.bytes<=$1 then p1_0.regDate end,case when p1_0.bytes<=$1 then p1_0.description end,case when p1_0.bytes<=$1 then p1_0.officeNumber end,case when p1_0.bytes<=$1 then p1_0.mobileNumber end,case when p1_0.bytes<=$1 then p1_0.email end,case when p1_0.bytes<=$1 then p1_0.address end,case when p1_0.bytes<=$1 then p1_0.city end,case when p1_0.bytes<=$1 then p1_0.country end,case when p1_0.bytes<=$1 then p1_0.postcode end,case when p1_0.bytes<=$1 then p1_0.contact end,case when p1_0.bytes<=$1 then p1_0.referenceId end
from (select
case when count(*)<$2 and (count(*)>0 or $3=0) then (count(*)+cast($3 as bigint)) else (select count(*)
from customer c5_0
where c5_0.vendor=$4 and c5_0.city=$5) end,((((((((((((coalesce(pg_column_size(array_agg(page1_0.name)), 0)+coalesce(pg_column_size(case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end), 0))+coalesce(pg_column_size(array_agg(page1_0.regDate)), 0))+coalesce(pg_column_size(case when count(page1_0.description) > 0 then array_agg(page1_0.description) end), 0))+coalesce(pg_column_size(case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.email) > 0 then array_agg(page1_0.email) end), 0))+coalesce(pg_column_size(case when count(page1_0.address) > 0 then array_agg(page1_0.address) end), 0))+coalesce(pg_column_size(case when count(page1_0.city) > 0 then array_agg(page1_0.city) end), 0))+coalesce(pg_column_size(case when count(page1_0.country) > 0 then array_agg(page1_0.country) end), 0))+coalesce(pg_column_size(case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end), 0))+coalesce(pg_column_size(case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end), 0))+coalesce(pg_column_size(case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end), 0)),array_agg(page1_0.name),case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end,array_agg(page1_0.regDate),case when count(page1_0.description) > 0 then array_agg(page1_0.description) end,case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end,case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end,case when count(page1_0.email) > 0 then array_agg(page1_0.email) end,case when count(page1_0.address) > 0 then array_agg(page1_0.address) end,case when count(page1_0.city) > 0 then array_agg(page1_0.city) end,case when count(page1_0.country) > 0 then array_agg(page1_0.country) end,case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end,case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end,case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end
from (select c4_0.name,g2_0.name,c4_0.regDate,c4_0.description,c4_0.officeNumber,c4_0.mobileNumber,c4_0.email,c4_0.address,c4_0.city,c4_0.country,c4_0.postcode,c4_0.contact,c4_0.referenceId
from (select c2_0.id,g1_0.name
from (select c1_0.id,c1_0.name,c1_0.reg_date,c1_0.group_id
from customer c1_0
where c1_0.vendor=$4 and c1_0.city=$5
order by c1_0.name
fetch first $6 rows with ties) c2_0(id,name,regDate,groupId)
left join lateral (select cg1_0.name
from customer_group cg1_0
where cg1_0.vendor=$4 and cg1_0.id=c2_0.groupId
order by cg1_0.id
fetch first 1 rows only) g1_0(name) on true
order by c2_0.name,g1_0.name asc nulls first
offset $3 rows
fetch first $2 rows only) g2_0(id,name)
join lateral (select c3_0.name,c3_0.reg_date,c3_0.description,c3_0.office_number,c3_0.mobile_number,c3_0.email,c3_0.address,c3_0.city,c3_0.country,c3_0.postcode,c3_0.contact,c3_0.reference_id
from customer c3_0
where c3_0.vendor=$4 and c3_0.id=g2_0.id
order by c3_0.id
fetch first 1 rows only) c4_0(name,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId) on true
order by c4_0.name,g2_0.name asc nulls first) page1_0(name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId)) p1_0(total,bytes,name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId);

-- customers in a range of names
select p1_0.total,p1_0.bytes,case when p1_0.bytes<=$1 then p1_0.name end,case when p1_0.bytes<=$1 then p1_0.groupName end,case when p1_0.bytes<=$1 then p1_0.regDate end,case when p1_0.bytes<=$1 then p1_0.description end,case when p1_0.bytes<=$1 then p1_0.officeNumber end,case when p1_0.bytes<=$1 then p1_0.mobileNumber end,case when p1_0.bytes<=$1 then p1_0.email end,case when p1_0.bytes<=$1 then p1_0.address end,case when p1_0.bytes<=$1 then p1_0.city end,case when p1_0.bytes<=$1 then p1_0.country end,case when p1_0.bytes<=$1 then p1_0.postcode end,case when p1_0.bytes<=$1 then p1_0.contact end,case when p1_0.bytes<=$1 then p1_0.referenceId end
from (select
case when count(*)<$2 and (count(*)>0 or $3=0) then (count(*)+cast($3 as bigint)) else (select
case when following1_0.name is null or following1_0.name>last1_0.name then (select count(*)
from customer c5_0
where c5_0.vendor=$4 and c5_0.name>=$5 and c5_0.name<$6) else (((select count(*)
from customer c6_0
where c6_0.vendor=$4 and c6_0.name>=$5 and c6_0.name<$6 and c6_0.name<following1_0.name)+(select count(*)
from customer c7_0
where c7_0.vendor=$4 and c7_0.name>=$5 and c7_0.name<$6 and c7_0.name>=last1_0.name))+(select coalesce(sum(rcs3_0.rows),0)
from row_count rcs3_0
where rcs3_0.vendor=$4 and rcs3_0.list='customers' and rcs3_0.first_name>=following1_0.name and rcs3_0.first_name<last1_0.name)) end
from (select min(rcs1_0.first_name)
from row_count rcs1_0
where rcs1_0.vendor=$4 and rcs1_0.list='customers' and rcs1_0.first_name>$5) following1_0(name),(select max(rcs2_0.first_name)
from row_count rcs2_0
where rcs2_0.vendor=$4 and rcs2_0.list='customers' and rcs2_0.first_name<=$6) last1_0(name)) end,((((((((((((coalesce(pg_column_size(array_agg(page1_0.name)), 0)+coalesce(pg_column_size(case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end), 0))+coalesce(pg_column_size(array_agg(page1_0.regDate)), 0))+coalesce(pg_column_size(case when count(page1_0.description) > 0 then array_agg(page1_0.description) end), 0))+coalesce(pg_column_size(case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.email) > 0 then array_agg(page1_0.email) end), 0))+coalesce(pg_column_size(case when count(page1_0.address) > 0 then array_agg(page1_0.address) end), 0))+coalesce(pg_column_size(case when count(page1_0.city) > 0 then array_agg(page1_0.city) end), 0))+coalesce(pg_column_size(case when count(page1_0.country) > 0 then array_agg(page1_0.country) end), 0))+coalesce(pg_column_size(case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end), 0))+coalesce(pg_column_size(case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end), 0))+coalesce(pg_column_size(case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end), 0)),array_agg(page1_0.name),case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end,array_agg(page1_0.regDate),case when count(page1_0.description) > 0 then array_agg(page1_0.description) end,case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end,case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end,case when count(page1_0.email) > 0 then array_agg(page1_0.email) end,case when count(page1_0.address) > 0 then array_agg(page1_0.address) end,case when count(page1_0.city) > 0 then array_agg(page1_0.city) end,case when count(page1_0.country) > 0 then array_agg(page1_0.country) end,case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end,case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end,case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end
from (select c4_0.name,g2_0.name,c4_0.regDate,c4_0.description,c4_0.officeNumber,c4_0.mobileNumber,c4_0.email,c4_0.address,c4_0.city,c4_0.country,c4_0.postcode,c4_0.contact,c4_0.referenceId
from (select c2_0.id,g1_0.name
from (select c1_0.id,c1_0.name,c1_0.reg_date,c1_0.group_id
from customer c1_0
where c1_0.vendor=$4 and c1_0.name>=$5 and c1_0.name<$6
order by c1_0.name
fetch first $7 rows with ties) c2_0(id,name,regDate,groupId)
left join lateral (select cg1_0.name
from customer_group cg1_0
where cg1_0.vendor=$4 and cg1_0.id=c2_0.groupId
order by cg1_0.id
fetch first 1 rows only) g1_0(name) on true
order by c2_0.name,g1_0.name asc nulls first
offset $3 rows
fetch first $2 rows only) g2_0(id,name)
join lateral (select c3_0.name,c3_0.reg_date,c3_0.description,c3_0.office_number,c3_0.mobile_number,c3_0.email,c3_0.address,c3_0.city,c3_0.country,c3_0.postcode,c3_0.contact,c3_0.reference_id
from customer c3_0
where c3_0.vendor=$4 and c3_0.id=g2_0.id
order by c3_0.id
fetch first 1 rows only) c4_0(name,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId) on true
order by c4_0.name,g2_0.name asc nulls first) page1_0(name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId)) p1_0(total,bytes,name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId);

-- customers without certain groups
select p1_0.total,p1_0.bytes,case when p1_0.bytes<=$1 then p1_0.name end,case when p1_0.bytes<=$1 then p1_0.groupName end,case when p1_0.bytes<=$1 then p1_0.regDate end,case when p1_0.bytes<=$1 then p1_0.description end,case when p1_0.bytes<=$1 then p1_0.officeNumber end,case when p1_0.bytes<=$1 then p1_0.mobileNumber end,case when p1_0.bytes<=$1 then p1_0.email end,case when p1_0.bytes<=$1 then p1_0.address end,case when p1_0.bytes<=$1 then p1_0.city end,case when p1_0.bytes<=$1 then p1_0.country end,case when p1_0.bytes<=$1 then p1_0.postcode end,case when p1_0.bytes<=$1 then p1_0.contact end,case when p1_0.bytes<=$1 then p1_0.referenceId end
from (select
case when count(*)<$2 and (count(*)>0 or $3=0) then (count(*)+cast($3 as bigint)) else (select count(*)
from customer c5_0
left join lateral (select cg3_0.name
from customer_group cg3_0
where cg3_0.vendor=$4 and cg3_0.id=c5_0.group_id
order by cg3_0.id
fetch first 1 rows only) g4_0(name) on true
where c5_0.vendor=$4 and g4_0.name is distinct
from $5) end,((((((((((((coalesce(pg_column_size(array_agg(page1_0.name)), 0)+coalesce(pg_column_size(case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end), 0))+coalesce(pg_column_size(array_agg(page1_0.regDate)), 0))+coalesce(pg_column_size(case when count(page1_0.description) > 0 then array_agg(page1_0.description) end), 0))+coalesce(pg_column_size(case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.email) > 0 then array_agg(page1_0.email) end), 0))+coalesce(pg_column_size(case when count(page1_0.address) > 0 then array_agg(page1_0.address) end), 0))+coalesce(pg_column_size(case when count(page1_0.city) > 0 then array_agg(page1_0.city) end), 0))+coalesce(pg_column_size(case when count(page1_0.country) > 0 then array_agg(page1_0.country) end), 0))+coalesce(pg_column_size(case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end), 0))+coalesce(pg_column_size(case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end), 0))+coalesce(pg_column_size(case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end), 0)),array_agg(page1_0.name),case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end,array_agg(page1_0.regDate),case when count(page1_0.description) > 0 then array_agg(page1_0.description) end,case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end,case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end,case when count(page1_0.email) > 0 then array_agg(page1_0.email) end,case when count(page1_0.address) > 0 then array_agg(page1_0.address) end,case when count(page1_0.city) > 0 then array_agg(page1_0.city) end,case when count(page1_0.country) > 0 then array_agg(page1_0.country) end,case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end,case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end,case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end
from (select c4_0.name,g3_0.name,c4_0.regDate,c4_0.description,c4_0.officeNumber,c4_0.mobileNumber,c4_0.email,c4_0.address,c4_0.city,c4_0.country,c4_0.postcode,c4_0.contact,c4_0.referenceId
from (select c2_0.id,g2_0.name
from (select c1_0.id,c1_0.name,c1_0.reg_date,c1_0.group_id
from customer c1_0
left join lateral (select cg1_0.name
from customer_group cg1_0
where cg1_0.vendor=$4 and cg1_0.id=c1_0.group_id
order by cg1_0.id
fetch first 1 rows only) g1_0(name) on true
where c1_0.vendor=$4 and g1_0.name is distinct
from $5
order by c1_0.name
fetch first $6 rows with ties) c2_0(id,name,regDate,groupId)
left join lateral (select cg2_0.name
from customer_group cg2_0
where cg2_0.vendor=$4 and cg2_0.id=c2_0.groupId
order by cg2_0.id
fetch first 1 rows only) g2_0(name) on true
order by c2_0.name,g2_0.name asc nulls first
offset $3 rows
fetch first $2 rows only) g3_0(id,name)
join lateral (select c3_0.name,c3_0.reg_date,c3_0.description,c3_0.office_number,c3_0.mobile_number,c3_0.email,c3_0.address,c3_0.city,c3_0.country,c3_0.postcode,c3_0.contact,c3_0.reference_id
from customer c3_0
where c3_0.vendor=$4 and c3_0.id=g3_0.id
order by c3_0.id
fetch first 1 rows only) c4_0(name,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId) on true
order by c4_0.name,g3_0.name asc nulls first) page1_0(name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId)) p1_0(total,bytes,name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId);

-- customers with a part of a text
select p1_0.total,p1_0.bytes,case when p1_0.bytes<=$1 then p1_0.name end,case when p1_0.bytes<=$1 then p1_0.groupName end,case when p1_0.bytes<=$1 then p1_0.regDate end,case when p1_0.bytes<=$1 then p1_0.description end,case when p1_0.bytes<=$1 then p1_0.officeNumber end,case when p1_0.bytes<=$1 then p1_0.mobileNumber end,case when p1_0.bytes<=$1 then p1_0.email end,case when p1_0.bytes<=$1 then p1_0.address end,case when p1_0.bytes<=$1 then p1_0.city end,case when p1_0.bytes<=$1 then p1_0.country end,case when p1_0.bytes<=$1 then p1_0.postcode end,case when p1_0.bytes<=$1 then p1_0.contact end,case when p1_0.bytes<=$1 then p1_0.referenceId end
from (select
case when count(*)>0 then max(page1_0.found) when $2=0 then 0 else (select count(*)
from customer c6_0
where c6_0.vendor=$3 and (lower(c6_0.city collate "default") like lower($4 collate "default")) and (lower((c6_0.name || E'\x1f' || coalesce(c6_0.description, '') || E'\x1f' || coalesce(c6_0.office_number, '') || E'\x1f' || coalesce(c6_0.mobile_number, '') || E'\x1f' || coalesce(c6_0.email, '') || E'\x1f' || coalesce(c6_0.address, '') || E'\x1f' || coalesce(c6_0.city, '') || E'\x1f' || coalesce(c6_0.country, '') || E'\x1f' || coalesce(c6_0.postcode, '') || E'\x1f' || coalesce(c6_0.contact, '') || E'\x1f' || coalesce(c6_0.reference_id, '')) collate "default") like lower($4 collate "default"))) end,((((((((((((coalesce(pg_column_size(array_agg(page1_0.name)), 0)+coalesce(pg_column_size(case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end), 0))+coalesce(pg_column_size(array_agg(page1_0.regDate)), 0))+coalesce(pg_column_size(case when count(page1_0.description) > 0 then array_agg(page1_0.description) end), 0))+coalesce(pg_column_size(case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.email) > 0 then array_agg(page1_0.email) end), 0))+coalesce(pg_column_size(case when count(page1_0.address) > 0 then array_agg(page1_0.address) end), 0))+coalesce(pg_column_size(case when count(page1_0.city) > 0 then array_agg(page1_0.city) end), 0))+coalesce(pg_column_size(case when count(page1_0.country) > 0 then array_agg(page1_0.country) end), 0))+coalesce(pg_column_size(case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end), 0))+coalesce(pg_column_size(case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end), 0))+coalesce(pg_column_size(case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end), 0)),array_agg(page1_0.name),case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end,array_agg(page1_0.regDate),case when count(page1_0.description) > 0 then array_agg(page1_0.description) end,case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end,case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end,case when count(page1_0.email) > 0 then array_agg(page1_0.email) end,case when count(page1_0.address) > 0 then array_agg(page1_0.address) end,case when count(page1_0.city) > 0 then array_agg(page1_0.city) end,case when count(page1_0.country) > 0 then array_agg(page1_0.country) end,case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end,case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end,case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end
from (select c5_0.name,g2_0.name,c5_0.regDate,c5_0.description,c5_0.officeNumber,c5_0.mobileNumber,c5_0.email,c5_0.address,c5_0.city,c5_0.country,c5_0.postcode,c5_0.contact,c5_0.referenceId,g2_0.found
from (select c3_0.id,g1_0.name,c3_0.found
from (select c2_0.id,c2_0.name,c2_0.regDate,c2_0.groupId,c2_0.found
from (select c1_0.id,c1_0.name,c1_0.reg_date,c1_0.group_id,count(*) over()
from customer c1_0
where c1_0.vendor=$3 and (lower(c1_0.city collate "default") like lower($4 collate "default")) and (lower((c1_0.name || E'\x1f' || coalesce(c1_0.description, '') || E'\x1f' || coalesce(c1_0.office_number, '') || E'\x1f' || coalesce(c1_0.mobile_number, '') || E'\x1f' || coalesce(c1_0.email, '') || E'\x1f' || coalesce(c1_0.address, '') || E'\x1f' || coalesce(c1_0.city, '') || E'\x1f' || coalesce(c1_0.country, '') || E'\x1f' || coalesce(c1_0.postcode, '') || E'\x1f' || coalesce(c1_0.contact, '') || E'\x1f' || coalesce(c1_0.reference_id, '')) collate "default") like lower($4 collate "default"))) c2_0(id,name,regDate,groupId,found)
order by c2_0.name
fetch first $5 rows with ties) c3_0(id,name,regDate,groupId,found)
left join lateral (select cg1_0.name
from customer_group cg1_0
where cg1_0.vendor=$3 and cg1_0.id=c3_0.groupId
order by cg1_0.id
fetch first 1 rows only) g1_0(name) on true
order by c3_0.name,g1_0.name asc nulls first
offset $2 rows
fetch first $6 rows only) g2_0(id,name,found)
join lateral (select c4_0.name,c4_0.reg_date,c4_0.description,c4_0.office_number,c4_0.mobile_number,c4_0.email,c4_0.address,c4_0.city,c4_0.country,c4_0.postcode,c4_0.contact,c4_0.reference_id
from customer c4_0
where c4_0.vendor=$3 and c4_0.id=g2_0.id
order by c4_0.id
fetch first 1 rows only) c5_0(name,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId) on true
order by c5_0.name,g2_0.name asc nulls first) page1_0(name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId,found)) p1_0(total,bytes,name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId);

-- customers with a part of any text
select p1_0.total,p1_0.bytes,case when p1_0.bytes<=$1 then p1_0.name end,case when p1_0.bytes<=$1 then p1_0.groupName end,case when p1_0.bytes<=$1 then p1_0.regDate end,case when p1_0.bytes<=$1 then p1_0.description end,case when p1_0.bytes<=$1 then p1_0.officeNumber end,case when p1_0.bytes<=$1 then p1_0.mobileNumber end,case when p1_0.bytes<=$1 then p1_0.email end,case when p1_0.bytes<=$1 then p1_0.address end,case when p1_0.bytes<=$1 then p1_0.city end,case when p1_0.bytes<=$1 then p1_0.country end,case when p1_0.bytes<=$1 then p1_0.postcode end,case when p1_0.bytes<=$1 then p1_0.contact end,case when p1_0.bytes<=$1 then p1_0.referenceId end
from (select
case when count(*)>0 then max(page1_0.found) when $2=0 then 0 else (select count(*)
from customer c6_0
where c6_0.vendor=$3 and ((lower((c6_0.name || E'\x1f' || coalesce(c6_0.description, '') || E'\x1f' || coalesce(c6_0.office_number, '') || E'\x1f' || coalesce(c6_0.mobile_number, '') || E'\x1f' || coalesce(c6_0.email, '') || E'\x1f' || coalesce(c6_0.address, '') || E'\x1f' || coalesce(c6_0.city, '') || E'\x1f' || coalesce(c6_0.country, '') || E'\x1f' || coalesce(c6_0.postcode, '') || E'\x1f' || coalesce(c6_0.contact, '') || E'\x1f' || coalesce(c6_0.reference_id, '')) collate "default") like lower($4 collate "default")) or (c6_0.group_id = any(array (select cg3_0.id
from customer_group cg3_0
where cg3_0.vendor=$3 and (lower(cg3_0.name collate "default") like lower($4 collate "default"))))))) end,((((((((((((coalesce(pg_column_size(array_agg(page1_0.name)), 0)+coalesce(pg_column_size(case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end), 0))+coalesce(pg_column_size(array_agg(page1_0.regDate)), 0))+coalesce(pg_column_size(case when count(page1_0.description) > 0 then array_agg(page1_0.description) end), 0))+coalesce(pg_column_size(case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.email) > 0 then array_agg(page1_0.email) end), 0))+coalesce(pg_column_size(case when count(page1_0.address) > 0 then array_agg(page1_0.address) end), 0))+coalesce(pg_column_size(case when count(page1_0.city) > 0 then array_agg(page1_0.city) end), 0))+coalesce(pg_column_size(case when count(page1_0.country) > 0 then array_agg(page1_0.country) end), 0))+coalesce(pg_column_size(case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end), 0))+coalesce(pg_column_size(case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end), 0))+coalesce(pg_column_size(case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end), 0)),array_agg(page1_0.name),case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end,array_agg(page1_0.regDate),case when count(page1_0.description) > 0 then array_agg(page1_0.description) end,case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end,case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end,case when count(page1_0.email) > 0 then array_agg(page1_0.email) end,case when count(page1_0.address) > 0 then array_agg(page1_0.address) end,case when count(page1_0.city) > 0 then array_agg(page1_0.city) end,case when count(page1_0.country) > 0 then array_agg(page1_0.country) end,case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end,case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end,case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end
from (select c5_0.name,g2_0.name,c5_0.regDate,c5_0.description,c5_0.officeNumber,c5_0.mobileNumber,c5_0.email,c5_0.address,c5_0.city,c5_0.country,c5_0.postcode,c5_0.contact,c5_0.referenceId,g2_0.found
from (select c3_0.id,g1_0.name,c3_0.found
from (select c2_0.id,c2_0.name,c2_0.regDate,c2_0.groupId,c2_0.found
from (select c1_0.id,c1_0.name,c1_0.reg_date,c1_0.group_id,count(*) over()
from customer c1_0
where c1_0.vendor=$3 and ((lower((c1_0.name || E'\x1f' || coalesce(c1_0.description, '') || E'\x1f' || coalesce(c1_0.office_number, '') || E'\x1f' || coalesce(c1_0.mobile_number, '') || E'\x1f' || coalesce(c1_0.email, '') || E'\x1f' || coalesce(c1_0.address, '') || E'\x1f' || coalesce(c1_0.city, '') || E'\x1f' || coalesce(c1_0.country, '') || E'\x1f' || coalesce(c1_0.postcode, '') || E'\x1f' || coalesce(c1_0.contact, '') || E'\x1f' || coalesce(c1_0.reference_id, '')) collate "default") like lower($4 collate "default")) or (c1_0.group_id = any(array (select cg1_0.id
from customer_group cg1_0
where cg1_0.vendor=$3 and (lower(cg1_0.name collate "default") like lower($4 collate "default"))))))) c2_0(id,name,regDate,groupId,found)
order by c2_0.name
fetch first $5 rows with ties) c3_0(id,name,regDate,groupId,found)
left join lateral (select cg2_0.name
from customer_group cg2_0
where cg2_0.vendor=$3 and cg2_0.id=c3_0.groupId
order by cg2_0.id
fetch first 1 rows only) g1_0(name) on true
order by c3_0.name,g1_0.name asc nulls first
offset $2 rows
fetch first $6 rows only) g2_0(id,name,found)
join lateral (select c4_0.name,c4_0.reg_date,c4_0.description,c4_0.office_number,c4_0.mobile_number,c4_0.email,c4_0.address,c4_0.city,c4_0.country,c4_0.postcode,c4_0.contact,c4_0.reference_id
from customer c4_0
where c4_0.vendor=$3 and c4_0.id=g2_0.id
order by c4_0.id
fetch first 1 rows only) c5_0(name,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId) on true
order by c5_0.name,g2_0.name asc nulls first) page1_0(name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId,found)) p1_0(total,bytes,name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId);

-- customers of certain groups
select p1_0.total,p1_0.bytes,case when p1_0.bytes<=$1 then p1_0.name end,case when p1_0.bytes<=$1 then p1_0.groupName end,case when p1_0.bytes<=$1 then p1_0.regDate end,case when p1_0.bytes<=$1 then p1_0.description end,case when p1_0.bytes<=$1 then p1_0.officeNumber end,case when p1_0.bytes<=$1 then p1_0.mobileNumber end,case when p1_0.bytes<=$1 then p1_0.email end,case when p1_0.bytes<=$1 then p1_0.address end,case when p1_0.bytes<=$1 then p1_0.city end,case when p1_0.bytes<=$1 then p1_0.country end,case when p1_0.bytes<=$1 then p1_0.postcode end,case when p1_0.bytes<=$1 then p1_0.contact end,case when p1_0.bytes<=$1 then p1_0.referenceId end
from (select
case when count(*)<$2 and (count(*)>0 or $3=0) then (count(*)+cast($3 as bigint)) else (select count(*)
from customer_group cg2_0
join lateral (select c3_0.name,c3_0.reg_date,c3_0.description,c3_0.office_number,c3_0.mobile_number,c3_0.email,c3_0.address,c3_0.city,c3_0.country,c3_0.postcode,c3_0.contact,c3_0.reference_id,c3_0.group_id
from customer c3_0
where c3_0.vendor=$4 and c3_0.group_id=cg2_0.id
order by c3_0.name
fetch first 2147483647 rows only) c4_0(name,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId,groupId) on true
where cg2_0.vendor=$4 and cg2_0.name=$5) end,((((((((((((coalesce(pg_column_size(array_agg(page1_0.name)), 0)+coalesce(pg_column_size(case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end), 0))+coalesce(pg_column_size(array_agg(page1_0.regDate)), 0))+coalesce(pg_column_size(case when count(page1_0.description) > 0 then array_agg(page1_0.description) end), 0))+coalesce(pg_column_size(case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.email) > 0 then array_agg(page1_0.email) end), 0))+coalesce(pg_column_size(case when count(page1_0.address) > 0 then array_agg(page1_0.address) end), 0))+coalesce(pg_column_size(case when count(page1_0.city) > 0 then array_agg(page1_0.city) end), 0))+coalesce(pg_column_size(case when count(page1_0.country) > 0 then array_agg(page1_0.country) end), 0))+coalesce(pg_column_size(case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end), 0))+coalesce(pg_column_size(case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end), 0))+coalesce(pg_column_size(case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end), 0)),array_agg(page1_0.name),case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end,array_agg(page1_0.regDate),case when count(page1_0.description) > 0 then array_agg(page1_0.description) end,case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end,case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end,case when count(page1_0.email) > 0 then array_agg(page1_0.email) end,case when count(page1_0.address) > 0 then array_agg(page1_0.address) end,case when count(page1_0.city) > 0 then array_agg(page1_0.city) end,case when count(page1_0.country) > 0 then array_agg(page1_0.country) end,case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end,case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end,case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end
from (select x1_0.name,x1_0.groupName,x1_0.regDate,x1_0.description,x1_0.officeNumber,x1_0.mobileNumber,x1_0.email,x1_0.address,x1_0.city,x1_0.country,x1_0.postcode,x1_0.contact,x1_0.referenceId
from (select c2_0.name,cg1_0.name,c2_0.regDate,c2_0.description,c2_0.officeNumber,c2_0.mobileNumber,c2_0.email,c2_0.address,c2_0.city,c2_0.country,c2_0.postcode,c2_0.contact,c2_0.referenceId,0,row_number() over(order by c2_0.name,cg1_0.name)
from customer_group cg1_0
join lateral (select c1_0.name,c1_0.reg_date,c1_0.description,c1_0.office_number,c1_0.mobile_number,c1_0.email,c1_0.address,c1_0.city,c1_0.country,c1_0.postcode,c1_0.contact,c1_0.reference_id,c1_0.group_id
from customer c1_0
where c1_0.vendor=$4 and c1_0.group_id=cg1_0.id
order by c1_0.name
fetch first $6 rows only) c2_0(name,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId,groupId) on true
where cg1_0.vendor=$4 and cg1_0.name=$5
order by c2_0.name,cg1_0.name
fetch first $6 rows only) x1_0(name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId,part,place)
order by x1_0.part,x1_0.place
offset $3 rows
fetch first $2 rows only) page1_0(name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId)) p1_0(total,bytes,name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId);

-- customers by group
select p1_0.total,p1_0.bytes,case when p1_0.bytes<=$1 then p1_0.name end,case when p1_0.bytes<=$1 then p1_0.groupName end,case when p1_0.bytes<=$1 then p1_0.regDate end,case when p1_0.bytes<=$1 then p1_0.description end,case when p1_0.bytes<=$1 then p1_0.officeNumber end,case when p1_0.bytes<=$1 then p1_0.mobileNumber end,case when p1_0.bytes<=$1 then p1_0.email end,case when p1_0.bytes<=$1 then p1_0.address end,case when p1_0.bytes<=$1 then p1_0.city end,case when p1_0.bytes<=$1 then p1_0.country end,case when p1_0.bytes<=$1 then p1_0.postcode end,case when p1_0.bytes<=$1 then p1_0.contact end,case when p1_0.bytes<=$1 then p1_0.referenceId end
from (select
case when count(*)<$2 and (count(*)>0 or $3=0) then (count(*)+cast($3 as bigint)) else (select count(*)
from customer c4_0
where c4_0.vendor=$4 and c4_0.city=$5) end,((((((((((((coalesce(pg_column_size(array_agg(page1_0.name)), 0)+coalesce(pg_column_size(case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end), 0))+coalesce(pg_column_size(array_agg(page1_0.regDate)), 0))+coalesce(pg_column_size(case when count(page1_0.description) > 0 then array_agg(page1_0.description) end), 0))+coalesce(pg_column_size(case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end), 0))+coalesce(pg_column_size(case when count(page1_0.email) > 0 then array_agg(page1_0.email) end), 0))+coalesce(pg_column_size(case when count(page1_0.address) > 0 then array_agg(page1_0.address) end), 0))+coalesce(pg_column_size(case when count(page1_0.city) > 0 then array_agg(page1_0.city) end), 0))+coalesce(pg_column_size(case when count(page1_0.country) > 0 then array_agg(page1_0.country) end), 0))+coalesce(pg_column_size(case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end), 0))+coalesce(pg_column_size(case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end), 0))+coalesce(pg_column_size(case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end), 0)),array_agg(page1_0.name),case when count(page1_0.groupName) > 0 then array_agg(page1_0.groupName) end,array_agg(page1_0.regDate),case when count(page1_0.description) > 0 then array_agg(page1_0.description) end,case when count(page1_0.officeNumber) > 0 then array_agg(page1_0.officeNumber) end,case when count(page1_0.mobileNumber) > 0 then array_agg(page1_0.mobileNumber) end,case when count(page1_0.email) > 0 then array_agg(page1_0.email) end,case when count(page1_0.address) > 0 then array_agg(page1_0.address) end,case when count(page1_0.city) > 0 then array_agg(page1_0.city) end,case when count(page1_0.country) > 0 then array_agg(page1_0.country) end,case when count(page1_0.postcode) > 0 then array_agg(page1_0.postcode) end,case when count(page1_0.contact) > 0 then array_agg(page1_0.contact) end,case when count(page1_0.referenceId) > 0 then array_agg(page1_0.referenceId) end
from (select x1_0.name,x1_0.groupName,x1_0.regDate,x1_0.description,x1_0.officeNumber,x1_0.mobileNumber,x1_0.email,x1_0.address,x1_0.city,x1_0.country,x1_0.postcode,x1_0.contact,x1_0.referenceId
from ((select c1_0.name,cg1_0.name,c1_0.reg_date,c1_0.description,c1_0.office_number,c1_0.mobile_number,c1_0.email,c1_0.address,c1_0.city,c1_0.country,c1_0.postcode,c1_0.contact,c1_0.reference_id,0,row_number() over(order by c1_0.name)
from customer c1_0
left join customer_group cg1_0 on cg1_0.vendor=$4 and cg1_0.id=-1
where c1_0.vendor=$4 and c1_0.group_id is null and c1_0.city=$5
order by c1_0.name
fetch first $6 rows only)
union all (select c3_0.name,cg2_0.name,c3_0.regDate,c3_0.description,c3_0.officeNumber,c3_0.mobileNumber,c3_0.email,c3_0.address,c3_0.city,c3_0.country,c3_0.postcode,c3_0.contact,c3_0.referenceId,1,row_number() over(order by cg2_0.name,c3_0.name)
from customer_group cg2_0
join lateral (select c2_0.name,c2_0.reg_date,c2_0.description,c2_0.office_number,c2_0.mobile_number,c2_0.email,c2_0.address,c2_0.city,c2_0.country,c2_0.postcode,c2_0.contact,c2_0.reference_id,c2_0.group_id
from customer c2_0
where c2_0.vendor=$4 and c2_0.group_id=cg2_0.id and c2_0.city=$5
order by c2_0.name
fetch first $6 rows only) c3_0(name,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId,groupId) on true
where cg2_0.vendor=$4
order by cg2_0.name,c3_0.name
fetch first $6 rows only)) x1_0(name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId,part,place)
order by x1_0.part,x1_0.place
offset $3 rows
fetch first $2 rows only) page1_0(name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId)) p1_0(total,bytes,name,groupName,regDate,description,officeNumber,mobileNumber,email,address,city,country,postcode,contact,referenceId);
