import { html } from './lit.js';
import { BASE } from './api.js';
import { copy } from './clipboard.js';
import { words } from './i18n.js';
import { button } from './ui.js';

/** A search as it was sent, for whoever wants to do the same by a program. The key stays out of it. */
export function requestShown(where, page, request) {
  return html`
    <details class="panel">
      <summary>${words().request}</summary>
      ${block('json', 'JSON', JSON.stringify(request, null, 2))}
      ${block('curl', 'curl', curl(`${BASE}${where}?${new URLSearchParams(page)}`, request))}
      <p class="hint">${words().curlHint}</p>
    </details>`;
}

const block = (kind, title, text) => html`
  <div class="code">
    <h2>${title}</h2>
    ${button({ label: words().copy, name: words().copyWhat(title), click: () => copy(document.querySelector(`pre.${kind}`)) })}
    <pre class=${kind} tabindex="0" aria-label=${title}>${text}</pre>
  </div>`;

const curl = (url, request) =>
  `curl -H "bitkey: $BITKEY" -H 'Content-Type: application/json' ${quoted(url)} -d ${quoted(JSON.stringify(request))}`;

// Nothing is special to a shell between single quotes but their end.
const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;
