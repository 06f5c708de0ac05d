import Theme from 'vitepress/theme-without-fonts'
import ApiReference from './ApiReference.vue'
import './tables.css'

export default {
  extends: Theme,
  enhanceApp: ({ app }) => app.component('ApiReference', ApiReference)
}
