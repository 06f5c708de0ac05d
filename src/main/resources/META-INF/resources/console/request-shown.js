import { html } from './lit.js';
import { BASE } from './api.js';
import { words } from './i18n.js';
import { announce, button } from './ui.js';

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
    ${button({ label: words().copy(title), icon: 'copy', click: () => copy(kind) })}
    <pre class=${kind} tabindex="0" aria-label=${title}>${text}</pre>
  </div>`;

// Outside of secure contexts, browsers do not allow it. The text is selected then.
async function copy(kind) {
  const element = document.querySelector(`pre.${kind}`);
  try {
    await navigator.clipboard.writeText(element.textContent);
    announce(() => words().copied);
  } catch {
    getSelection().selectAllChildren(element);
    announce(() => words().selectedToCopy);
  }
}

const curl = (url, request) =>
  `curl -H "bitkey: $BITKEY" -H 'Content-Type: application/json' ${quoted(url)} -d ${quoted(JSON.stringify(request))}`;

// Between single quotes, only the single quote itself is special to a shell.
const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;
