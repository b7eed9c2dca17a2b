"""All rules, in the order in which they run. Each stands in a file of its own; this is the only list of them.

The order follows what each needs to see. Characters are mended first, for phrases are recognised in sound text
only. Then the printer's furniture goes, leaving page breaks behind; then what stood apart because of it is
joined; then credits and notices are recognised, whole by now; then headings and levels; the checks come last.
"""

from __future__ import annotations

from collections.abc import Mapping

from convert.rule import Rule
from convert.rules.check import CHK101_section_breaks_off as breaks_off
from convert.rules.check import CHK102_count_not_borne_out as count
from convert.rules.check import CHK103_heading_without_text as heading_without_text
from convert.rules.check import CHK104_no_headings as no_headings
from convert.rules.check import CHK105_image_without_description as image_without_description
from convert.rules.page import EDN101_edition_apparatus as edition_apparatus
from convert.rules.page import MARK101_converter_mark as converter_mark
from convert.rules.page import MARK102_markup_without_words as markup_without_words
from convert.rules.page import META101_title_in_text as title
from convert.rules.page import META102_byline_in_text as byline
from convert.rules.page import META103_dateline_in_text as dateline
from convert.rules.page import META104_label_line as label_line
from convert.rules.page import META105_original_publication_line as original_publication
from convert.rules.page import META106_source_and_copyright_line as source_line
from convert.rules.page import META107_authors_listed_again as authors_again
from convert.rules.page import META108_language_not_stated as language
from convert.rules.page import META109_facts_stated_by_the_page as stated_facts
from convert.rules.page import NOTE101_biography_in_text as biography
from convert.rules.page import NOTE102_repeated_biography as repeated_biography
from convert.rules.page import NOTICE101_share_line as share
from convert.rules.page import NOTICE102_comment_invitation as comment
from convert.rules.page import NOTICE103_membership_line as membership
from convert.rules.page import NOTICE104_pointer_to_other_articles as related
from convert.rules.page import NOTICE105_disclaimer as disclaimer
from convert.rules.page import NOTICE106_copyright_notice as copyright_notice
from convert.rules.page import NOTICE107_contact_line as contact
from convert.rules.page import NOTICE108_site_furniture as site
from convert.rules.page import PAGE101_running_head as running_head
from convert.rules.page import PAGE102_page_number as page_number
from convert.rules.page import PAGE103_page_break as page_break
from convert.rules.page import PAGE104_link_to_another_page as page_link
from convert.rules.page import WEB101_block_outside_the_article as outside
from convert.rules.page import WEB102_text_twice_on_the_page as twice
from convert.rules.page import WEB110_named_by_a_site_rule as site_rule
from convert.rules.structure import HEAD101_bold_paragraph_as_heading as bold_paragraph
from convert.rules.structure import HEAD102_emphasis_in_heading as heading_emphasis
from convert.rules.structure import HEAD103_heading_cut_in_two as heading_cut
from convert.rules.structure import HEAD104_colon_after_heading as heading_colon
from convert.rules.structure import HEAD105_levels_without_hierarchy as levels
from convert.rules.structure import JOIN101_paragraph_cut_by_page as paragraph_cut
from convert.rules.structure import JOIN102_word_hyphenated_across_lines as hyphenated
from convert.rules.structure import JOIN103_lines_wrapped_hard as wrapped
from convert.rules.structure import SEP101_separator_as_text as separator
from convert.rules.structure import SEP102_separator_at_edge as separator_at_edge
from convert.rules.structure import STAND101_standfirst_unmarked as standfirst
from convert.rules.text import LINK101_unsafe_link as unsafe_link
from convert.rules.text import LINK102_tracking_parameter_in_link as tracking
from convert.rules.text import TEXT101_mojibake as mojibake
from convert.rules.text import TEXT102_broken_escape as broken_escape
from convert.rules.text import TEXT103_invisible_character as invisible
from convert.rules.text import TEXT104_spaces as spaces

RULES: tuple[Rule, ...] = (
    edition_apparatus.RULE,
    stated_facts.RULE,
    site_rule.RULE,
    outside.RULE,
    twice.RULE,
    mojibake.RULE,
    broken_escape.RULE,
    invisible.RULE,
    spaces.RULE,
    unsafe_link.RULE,
    tracking.RULE,
    language.RULE,
    converter_mark.RULE,
    markup_without_words.RULE,
    page_link.RULE,
    bold_paragraph.RULE,
    heading_emphasis.RULE,
    title.RULE,
    running_head.RULE,
    page_number.RULE,
    heading_cut.RULE,
    paragraph_cut.RULE,
    label_line.RULE,
    byline.RULE,
    dateline.RULE,
    original_publication.RULE,
    source_line.RULE,
    authors_again.RULE,
    hyphenated.RULE,
    wrapped.RULE,
    biography.RULE,
    repeated_biography.RULE,
    disclaimer.RULE,
    copyright_notice.RULE,
    contact.RULE,
    membership.RULE,
    comment.RULE,
    share.RULE,
    related.RULE,
    site.RULE,
    separator.RULE,
    standfirst.RULE,
    separator_at_edge.RULE,
    page_break.RULE,
    heading_colon.RULE,
    levels.RULE,
    breaks_off.RULE,
    count.RULE,
    heading_without_text.RULE,
    no_headings.RULE,
    image_without_description.RULE,
)

EXTRACTION: tuple[Rule, ...] = (stated_facts.RULE, site_rule.RULE, outside.RULE, twice.RULE, title.RULE)
"""The rules that tell an article from its web page, and mend nothing: what other tools call extraction."""

BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in RULES}
