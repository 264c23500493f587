"""A line's translation where Sphinx does not put it: in links to the line, and among others."""

from __future__ import annotations

import gettext

from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import docname_to_domain

from rolebook.inline import prepare
from rolebook.model import Origin
from rolebook.sphinx.leaf import docname_of


def link_text(env: BuildEnvironment, text: str, origin: Origin) -> str:
    """A line without its markup, translated as it is on the page that it was written on."""
    return "".join(prepare(_translated(env, text, origin))[1])


def _translated(env: BuildEnvironment, text: str, origin: Origin) -> str:
    language = env.config.language
    domain = docname_to_domain(docname_of(origin), env.config.gettext_compact)
    for folder in env.config.locale_dirs:
        found = gettext.translation(
            domain,
            str(env.srcdir / folder),
            [language, language.partition("_")[0]],
            fallback=True,
        ).gettext(text)
        if found != text:
            return found
    return text
