import { readFileSync, readdirSync } from 'node:fs'
import { defineConfig } from 'vitepress'
import { checkLinks, readmeLinks, rewriteLinks, slug } from './links.mjs'
import { chinese, chineseSearch } from './chinese.mjs'

// Only a workflow knows the address of the repository.
const { BASE: base = '/', GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_SHA } = process.env
const repository = GITHUB_REPOSITORY && `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`

const title = page => /^# (.*)$/m.exec(readFileSync(`pages/${page}`, 'utf8'))[1].replaceAll('`', '')
const link = page => `/${page.replace(/(index)?\.md$/, '')}`

/** The pages in the order of the README's table, then all others. The decisions are below the page that lists them. */
function sidebar(locale, reference) {
  const all = readdirSync(`pages/${locale}`, { recursive: true })
    .filter(page => page.endsWith('.md') && !page.startsWith('zh/') && !/^(zh|index|openapi)/.test(page))
    .sort()
  const decisions = all.filter(page => /^docs\/adr\/\d/.test(page))
  const listed = readmeLinks(readFileSync('pages/index.md', 'utf8'))
  const pages = new Set([...listed, ...all.filter(page => !decisions.includes(page))])
  const item = page => ({ text: title(locale + page), link: link(locale + page) })
  const items = [...pages].map(page =>
    page === 'docs/adr/index.md' ? { ...item(page), collapsed: true, items: decisions.map(item) } : item(page))
  return [{ items: [item('index.md'), { text: reference, link: `/${locale}openapi` }, ...items] }]
}

export default defineConfig({
  title: 'customer-groups',
  description: 'A self-hosted service for customer groups (客户组)',
  base,
  head: [['link', { rel: 'icon', href: `${base}icon.svg` }]],
  srcDir: 'pages',
  outDir: 'dist',
  markdown: {
    // GitHub knows no attributes in braces.
    attrs: { disable: true },
    anchor: { slugify: slug },
    config: md => rewriteLinks(md, repository && `${repository}/blob/${GITHUB_SHA}`)
  },
  buildEnd: checkLinks,
  locales: {
    root: {
      label: 'English',
      lang: 'en',
      themeConfig: { sidebar: sidebar('', 'API reference') }
    },
    zh: {
      label: '简体中文',
      lang: 'zh-CN',
      description: '自行部署的客户组服务',
      themeConfig: { sidebar: sidebar('zh/', 'API 参考'), ...chinese }
    }
  },
  themeConfig: {
    outline: [2, 3],
    socialLinks: repository ? [{ icon: 'github', link: repository }] : [],
    search: {
      provider: 'local',
      options: {
        locales: { zh: { translations: chineseSearch } },
        miniSearch: {
          options: {
            // Chinese has no spaces, so each character is a word.
            tokenize: text => text.match(/\p{Script=Han}|[^\p{Script=Han}\p{Z}\p{P}\s]+/gu) ?? []
          },
          searchOptions: { combineWith: 'AND' }
        }
      }
    }
  }
})
