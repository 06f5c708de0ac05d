import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'

const ROOT = '../..'
const page = file => file.replace(/README\.md$/, 'index.md')
const english = file => file.replace(/\.zh\.md$/, '.md').replace(/^docs\/zh\//, 'docs/')
const exists = file => existsSync(join(ROOT, file))

/** The translation of a page, if it has one. */
const translation = file => [file.replace(/^docs\//, 'docs/zh/')].find(other => other !== file && exists(other))

/** The id of a heading, as GitHub makes it. */
export const slug = text => text.toLowerCase().replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replaceAll(' ', '-')

const headings = file => [...readFileSync(join(ROOT, file), 'utf8').replace(/^```.*?^```/gms, '').matchAll(/^#+ (.*)$/gm)]
  .map(([, text]) => slug(text))

/** The pages that the tables of the README link to. */
export const readmeLinks = readme => [...readme.matchAll(/^\| \[.*?\]\((\S+\.md)\)/gm)].map(([, file]) => page(file))

/**
 * Makes links between files of the repository lead to pages of the site in the same language. A link to another file
 * leads to the repository, if its address is known; else it is plain text.
 */
export function rewriteLinks(md, files) {
  const render = md.renderer.rules.link_open
  md.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const token = tokens[index]
    const [path, anchor] = token.attrGet('href').split(/(?=#)/)
    if (path && !/^([a-z]+:|#|\/)/.test(path)) {
      const [, locale, own] = /^(zh\/)?(.*)$/.exec(env.relativePath)
      const translated = locale && translation(own)
      const file = join(dirname(translated || own), decodeURI(path))
      if (!exists(file)) {
        throw new Error(`${env.relativePath}: no file ${file}`)
      } else if (file.endsWith('.md')) {
        const id = locale && !translated ? translatedAnchor(file, anchor) : anchor
        token.attrSet('href', address(file, locale ?? '', own) + (id ?? ''))
      } else if (files) {
        token.attrSet('href', `${files}/${file}`)
      } else {
        token.attrs = null
      }
    }
    return render(tokens, index, options, env, self)
  }
}

/** A page without a translation names the headings of other pages in English. Pages of a pair have the same headings. */
function translatedAnchor(file, anchor) {
  const other = anchor && translation(file)
  return other ? `#${headings(other)[headings(file).indexOf(anchor.slice(1))]}` : anchor
}

/** A page links to its own translation only to switch the language. */
function address(file, locale, own) {
  if (english(file) !== file) {
    return `/zh/${page(english(file))}`
  }
  return `/${page(file) === own ? '' : locale}${page(file)}`
}

/** Fails if a link in the built pages leads to no page or heading, or if a page loads something from another host. */
export function checkLinks({ outDir, site }) {
  const files = readdirSync(outDir, { recursive: true })
  const pages = new Map(files.filter(file => file.endsWith('.html'))
    .map(file => [file, readFileSync(`${outDir}/${file}`, 'utf8')]))
  const ids = new Map([...pages].map(([file, html]) =>
    [file, new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id))]))
  const dead = []
  for (const [file, html] of pages) {
    for (const [, tag, target] of html.matchAll(/<(\w+)[^>]* (?:href|src)="([^"]*)"/g)) {
      const { origin, pathname, hash } = new URL(target, `file://${site.base}${file}`)
      if (origin !== 'null') {
        if (tag !== 'a') dead.push(`${file}: loads ${target}`)
        continue
      }
      const path = decodeURI(pathname).slice(site.base.length)
      const found = [path, `${path}.html`, join(path, 'index.html')].find(candidate => files.includes(candidate))
      if (!found || (hash && !ids.get(found)?.has(decodeURIComponent(hash.slice(1))))) {
        dead.push(`${file}: ${target}`)
      }
    }
  }
  if (dead.length) {
    throw new Error(`Dead links:\n${dead.join('\n')}`)
  }
}
