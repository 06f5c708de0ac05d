update customer_group set name = rpad(name, 255, U&'\7EC4') where vendor = :'vendor';
