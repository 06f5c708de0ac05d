// How people and programs call the fields of a customer in the header of a spreadsheet.
import { COLUMNS } from './customer-fields.js';
import { labelsOf } from './i18n.js';
import { zone } from './zone.js';

const MAX_TITLE_LINES = 20;

// Beside the names in the API and the labels of the console.
const OTHER_NAMES = {
  name: 'customer, customer name, company, company name, client, client name, full name, 客户, 客户名称, 客户名, 客户姓名, 公司, 公司名称, 单位, 单位名称, 企业名称, 姓名',
  groupName: 'customer group, 组, 组名, 分组, 所属组, 客户分组, 客户组名称, 所属客户组',
  description: 'note, notes, comment, comments, remark, remarks, 备注, 说明, 客户描述',
  regDate: 'registration date, registration time, registered at, registered on, created, created at, 注册日期, 登记日期, 登记时间, 创建日期, 创建时间',
  officeNumber: 'phone, phone number, telephone, tel, office phone, work phone, landline, 电话, 电话号码, 联系电话, 公司电话, 座机, 固定电话, 固话',
  mobileNumber: 'mobile, mobile phone, cell, cell phone, 手机号, 手机号码, 移动电话',
  email: 'mail, e-mail address, 邮件, 电子邮箱, 电子邮件, 邮箱地址',
  address: 'street, street address, postal address, 联系地址, 通讯地址, 通信地址, 详细地址, 公司地址',
  city: 'town, 所在城市',
  country: 'country/region, 国家/地区, 国家或地区',
  postcode: 'zip, zip code, postal code, 邮政编码',
  contact: 'contact person, contact name, 联系人姓名, 对接人',
  referenceId: 'external id, customer id, customer number, customer no, 编号, 客户编号, 客户号, 客户编码',
};

// The console shows the zone beside "Registered". People mark a field as "Mobile (optional)" or "名称*：".
const normal = text => text.normalize('NFKC').replace(zone, '').toLowerCase().replace(/\(.*?\)|[\s*:._-]/g, '');

const NAMES = new Map(COLUMNS.map(member => [member, [member, ...labelsOf(member), ...OTHER_NAMES[member].split(', ')].map(normal)]));

// The member of each column, or an empty text. Where two columns have names of a member, the more exact name wins.
function membersOf(cells) {
  const columns = cells.map(normal);
  const found = new Map([...NAMES].map(([member, names]) => [columns.indexOf(names.find(name => columns.includes(name)) ?? null), member]));
  return cells.map((_, index) => found.get(index) ?? '');
}

/** Where the header of a sheet is: {header, members}, the index of its row and the member of each column. Titles may be above it. */
export function headerOf(rows) {
  const candidates = rows.slice(0, MAX_TITLE_LINES).map((cells, header) => {
    const members = membersOf(cells);
    return { header, members, known: members.filter(Boolean).length, filled: cells.filter(Boolean).length };
  });
  return candidates.reduce((a, b) => (b.known > a.known || (!a.known && b.filled > a.filled) ? b : a));
}
