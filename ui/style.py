"""How the page looks, beyond what Streamlit's theme can set."""

STYLE = """<style>
.jirei-text { white-space: pre-wrap; overflow-wrap: anywhere; line-break: strict; }
.jirei-case { border-left: 4px solid #8a8f98; padding: 0.2rem 0 0.2rem 0.8rem; margin: 0.4rem 0; }
.jirei-case.match { border-left-color: #1a6b3c; }
.jirei-label { border: 1px solid currentColor; border-radius: 3px; padding: 0 0.4em; }
.jirei-case blockquote { margin: 0.4rem 0 0 0; padding: 0; border: 0; }
.jirei-where { font-size: 0.875rem; opacity: 0.85; overflow-wrap: anywhere; }
.jirei-table { width: 100%; border-collapse: collapse; }
.jirei-table th, .jirei-table td { text-align: left; vertical-align: top; padding: 0.4rem;
  border-bottom: 1px solid #8a8f98; overflow-wrap: anywhere; line-break: strict; }
.jirei-table th[scope=row] { min-width: 6em; }
details { margin-top: 0.4rem; }
summary { cursor: pointer; font-size: 0.875rem; }
mark { background: #ffe58a; color: #1c1c1c; padding: 0.05em 0; }
@media (max-width: 640px) {
  .jirei-table thead { display: none; }
  .jirei-table tr, .jirei-table th, .jirei-table td { display: block; border: 0; }
  .jirei-table tr { border-bottom: 1px solid #8a8f98; padding: 0.5rem 0 0.5rem 0.8rem; }
}
</style>"""
