import { html } from './lit.js';
import { BASE } from './api.js';
import { copy } from './clipboard.js';
import { words } from './i18n.js';
import { button } from './ui.js';

/** A panel with the request of a search as JSON and as a curl command, for use in a program. It has no key. */
export function requestShown(apiPath, page, request) {
  return html`
    <details class="panel">
      <summary>${words().request}</summary>
      ${block('json', 'JSON', JSON.stringify(request, null, 2))}
      ${block('curl', 'curl', curl(`${BASE}${apiPath}?${new URLSearchParams(page)}`, request))}
      <p class="hint">${words().curlHint}</p>
    </details>`;
}

const block = (kind, title, text) => html`
  <div class="code">
    <h2>${title}</h2>
    ${button({ label: words().copy, icon: 'copy', name: words().copyWhat(title), click: () => copy(document.querySelector(`pre.${kind}`)) })}
    <pre class=${kind} tabindex="0" aria-label=${title}>${text}</pre>
  </div>`;

const curl = (url, request) =>
  `curl -H "bitkey: $BITKEY" -H 'Content-Type: application/json' ${quoted(url)} -d ${quoted(JSON.stringify(request))}`;

// Between single quotes, only the single quote itself is special to a shell.
const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;
