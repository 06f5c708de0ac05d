// The one place that knows where the library is. Relative, so that a proxy may put something in front of the path.
export { html, nothing, render } from '../_static/lit-html/lit-html.js';
export { live } from '../_static/lit-html/directives/live.js';
export { repeat } from '../_static/lit-html/directives/repeat.js';
