// The only module that knows the path of the library. The path is relative, because a proxy may add a prefix to it.
export { html, nothing, render } from '../_static/lit-html/lit-html.js';
export { live } from '../_static/lit-html/directives/live.js';
export { ref } from '../_static/lit-html/directives/ref.js';
export { repeat } from '../_static/lit-html/directives/repeat.js';
