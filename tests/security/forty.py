"""Forty failures that really happened to systems like this one, and the tests that hold each off.

A test is named by its file under tests/ and its name without `test_`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Failure:
    """One failure: its number, what happened, and which tests would notice it here."""

    number: int
    what: str
    tests: tuple[str, ...]


_STRANGERS = (
    "web/test_strangers.py::everyone_gets_the_answer_that_is_right_for_her_at_every_address"
)
_FUZZ = "security/test_fuzz.py::no_hostile_value_in_any_form_breaks_a_page_or_shows_a_fault"

_WHOSE = (
    Failure(
        1,
        "another person's thing opens by its number",
        (_STRANGERS, "service/test_audit.py::no_statement_reaches_another_providers_rows"),
    ),
    Failure(
        2,
        "a refused page still holds the record",
        (_STRANGERS, "web/test_strangers.py::no_page_that_opens_for_a_stranger_tells_of_pia"),
    ),
    Failure(
        3,
        "of several ids only the first is checked",
        ("security/test_known_failures.py::of_several_ids_each_one_is_looked_at",),
    ),
    Failure(
        4,
        "an old or second way to the same data lacks the check",
        (
            _STRANGERS,
            "architecture/test_gate.py::every_endpoint_names_its_permission_or_is_on_the_public_list",
        ),
    ),
    Failure(
        5,
        "people's details are handed out in bulk by a look-up",
        (
            "web/test_strangers.py::no_page_that_opens_for_a_stranger_tells_of_pia",
            "web/test_people.py::a_neighbour_is_not_among_them",
        ),
    ),
    Failure(
        6,
        "another organisation's id is taken in a choice",
        (
            (
                "security/test_known_failures.py"
                "::a_choice_of_another_organisation_is_refused_in_every_form"
            ),
            "security/test_known_failures.py::a_row_that_joins_two_organisations_is_noticed",
            "service/test_audit.py::a_row_of_another_provider_is_never_written",
        ),
    ),
    Failure(
        7,
        "the open tracker shows another group, or one that was left",
        (
            "web/test_openness.py::the_page_of_the_group",
            "web/test_openness.py::the_board_and_its_poll",
            "web/test_openness.py::a_groupmates_own_pages_and_files_hold_nothing_of_hers",
            "web/test_calendar_feed.py::who_has_left_the_group_has_an_empty_calendar",
        ),
    ),
    Failure(
        8,
        "the consent is taken back and a link, file or feed still opens",
        (
            "web/test_analyses.py::withdrawing_closes_list_page_and_paper_on_the_next_request",
            (
                "web/test_withdrawal_races.py"
                "::in_a_hundred_rounds_no_get_begun_after_the_withdrawal_opens"
            ),
            "web/test_receiving.py::no_mail_about_it_carries_a_file_or_a_name",
        ),
    ),
    Failure(
        9,
        "something is released before the consent, or to more than one",
        (
            "service/test_analysis_states.py::only_consent_leads_to_what_is_released",
            "service/test_analysis_states.py::whatever_the_order_nothing_opens_without_a_live_permission",
            "web/test_receiving.py::another_account_with_a_code_to_that_address_does_not_go_straight_on",
        ),
    ),
    Failure(
        10,
        "a field that nobody asked for gives a role or a state",
        ("security/test_known_failures.py::what_no_form_asks_for_changes_nothing", _FUZZ),
    ),
)
_DOOR = (
    Failure(
        11,
        "a link of ours leads off the site",
        (
            "security/test_answers.py::where_to_go_next_never_leaves_the_site",
            "web/test_signing_in.py::sign_in_never_leads_off_the_site",
            "web/test_confirming.py::confirming_never_leads_off_the_site",
        ),
    ),
    Failure(
        12,
        "a link in a message carries the host that an attacker named",
        ("web/test_confirming.py::a_link_has_the_configured_address_whatever_the_browser_says",),
    ),
    Failure(
        13,
        "a reset link works twice, or is sent without end",
        (
            "service/test_second_factors.py::of_eight_with_the_same_link_one_sets_the_password",
            "web/test_confirming.py::a_mailbox_is_not_filled_with_links",
            "web/test_codes.py::twenty_requests_are_three_messages_however_they_are_spelled",
        ),
    ),
    Failure(
        14,
        "a mail scanner uses the link up, or says yes by opening it",
        (
            "web/test_codes.py::a_scanner_that_opens_the_link_spends_nothing",
            "web/test_links.py::opening_a_link_changes_nothing_however_often",
            "web/test_receiving.py::mail_scanners_change_nothing_and_learn_no_name",
            "web/test_message_choices.py::opening_the_link_of_an_e_mail_ends_nothing",
        ),
    ),
    Failure(
        15,
        "a sign-in is planted, or lives on after signing out, leaving or a new password",
        (
            "web/test_codes.py::a_request_that_was_planted_lets_the_planter_in_nowhere",
            "web/test_signing_in.py::the_session_changes_when_somebody_signs_in",
            "web/test_signing_in.py::after_sign_out_the_cookie_opens_nothing",
            "web/test_members.py::a_role_is_changed_and_the_one_who_had_it_is_out_at_once",
            (
                "web/test_confirming.py"
                "::the_password_is_changed_with_the_old_one_and_ends_every_other_sign_in"
            ),
        ),
    ),
    Failure(
        16,
        "a proxy serves one person's page to another",
        ("security/test_answers.py::no_personal_answer_is_kept_and_no_address_tells_of_anybody",),
    ),
    Failure(
        17,
        "a page that was made for one is shown to the next",
        (
            "security/test_known_failures.py::one_address_shows_each_reader_her_own_page",
            "security/test_known_failures.py::a_file_asked_for_twice_is_not_remembered_for_another",
        ),
    ),
    Failure(
        18,
        "another site signs somebody in or out",
        (
            "security/test_known_failures.py::a_sign_in_cannot_be_planted_by_another_site",
            "web/test_signing_in.py::no_page_says_by_get_what_only_a_post_does",
        ),
    ),
    Failure(
        19,
        "a form is taken without its token, or with somebody else's",
        (
            (
                "security/test_known_failures.py"
                "::a_token_that_is_missing_or_somebody_elses_changes_nothing"
            ),
            "architecture/test_gate.py::every_post_form_is_written_by_its_macro",
        ),
    ),
)
_WORDS = (
    Failure(
        20,
        "what one typed runs in another's browser",
        (
            _FUZZ,
            "security/test_fuzz.py::code_that_was_typed_is_noticed",
            "web/test_templating.py::what_is_shown_is_made_safe_unless_it_is_markup_of_ours",
            "web/test_macros.py::what_a_person_typed_is_escaped",
            "browser/test_every_page.py::every_page_of_a_role_is_accessible",
        ),
    ),
    Failure(
        21,
        "a link of a text runs a script, or cleaning a text takes for ever",
        (
            _FUZZ,
            "web/test_templates.py::a_block_has_links_and_files_that_a_participant_opens",
            "jobs/test_mail.py::an_e_mail_is_plain_text_and_the_same_as_escaped_html",
        ),
    ),
    Failure(
        22,
        "a cell of a table becomes a formula",
        (
            "rules/test_sheets.py::a_text_that_looks_like_a_formula_is_neutral_in_csv",
            "rules/test_sheets.py::a_text_that_looks_like_a_formula_is_a_text_cell_in_xlsx",
            "rules/test_sheets.py::negative_sums_and_telephone_numbers_stay_usable",
        ),
    ),
    Failure(
        23,
        "ReportLab runs or fetches what was typed",
        (
            "pdf/test_hostile_texts.py::nothing_of_reportlab_evaluates_or_fetches",
            "pdf/test_hostile_texts.py::markup_is_printed_letter_by_letter",
        ),
    ),
    Failure(
        24,
        "one person's text breaks everybody's PDF",
        (
            "pdf/test_hostile_texts.py::fifty_thousand_words_are_cut_in_time_and_say_so",
            "pdf/test_hostile_texts.py::a_word_of_ten_thousand_letters_is_broken_and_kept",
            "pdf/test_hostile_texts.py::no_line_is_wider_than_its_room",
            _FUZZ,
        ),
    ),
    Failure(
        25,
        "a template that somebody may edit reads files",
        (
            "rules/test_messages.py::a_message_has_only_harmless_gaps",
            "rules/test_messages.py::what_fills_a_gap_is_never_filled_again",
            "web/test_message_pages.py::markup_in_own_words_stays_words",
        ),
    ),
    Failure(
        26,
        "the server fetches an address that a user named",
        (
            "rules/test_outside.py::a_name_that_leads_inside_is_never_reached",
            "rules/test_outside.py::only_plain_https_addresses_may_be_asked",
            "web/test_message_pages.py::a_page_that_causes_a_message_speaks_to_no_server",
        ),
    ),
    Failure(
        27,
        "a name adds a header or a recipient to a message",
        ("jobs/test_mail.py::what_people_typed_adds_no_header_and_no_recipient",),
    ),
)
_AT_ONCE = (
    Failure(
        28,
        "a double click makes two contracts or payments",
        (
            "web/test_pulses.py::a_form_that_is_sent_twice_acts_once",
            "web/test_macros.py::a_form_carries_its_token_and_its_key",
            "service/test_signing_races.py::two_drafts_of_one_person_at_once_become_one",
        ),
    ),
    Failure(
        29,
        "two approve at once, or approve what is being changed",
        (
            "service/test_pay_runs.py::of_two_who_approve_at_once_one_is_told_to_look_again",
            "service/test_pay_runs.py::an_approved_run_is_frozen",
            "service/test_pay_runs.py::the_database_too_refuses_the_maker_as_approver",
        ),
    ),
    Failure(
        30,
        "more than the last seat is given",
        (
            "service/test_groups.py::the_last_seat_goes_to_one_of_two_who_want_it_at_once",
            "service/test_info_sessions.py::of_twelve_who_want_the_last_place_one_gets_it",
            "service/test_selection.py::of_twelve_selections_of_the_last_seat_one_wins",
        ),
    ),
    Failure(
        31,
        "the second of two who save wipes out the first",
        (
            "web/test_people.py::an_older_page_does_not_overwrite_a_newer_one",
            "web/test_documents_pages.py::the_loser_of_a_race_sees_both_texts_and_keeps_hers",
            "service/test_audit.py::the_loser_of_a_race_reads_a_conflict",
        ),
    ),
    Failure(
        32,
        "two schedulers send twice, or a night's job is missed",
        (
            "jobs/test_schedulers.py::two_schedulers_send_every_reminder_exactly_once",
            (
                "jobs/test_schedulers.py"
                "::after_days_off_each_daily_job_is_done_once_and_not_once_for_each_day"
            ),
        ),
    ),
    Failure(
        33,
        "the clocks change and a day is done twice or not at all",
        (
            "jobs/test_schedulers.py::each_daily_job_is_done_once_on_a_day_of_23_25_or_24_hours",
            "rules/test_formats.py::an_instant_follows_summer_time_and_the_zone_that_is_asked_for",
            "service/test_info_sessions.py::nine_o_clock_stays_nine_when_the_clocks_change",
        ),
    ),
)
_OUT = (
    Failure(
        34,
        "the door tells who is known",
        (
            "web/test_codes.py::known_and_unknown_addresses_read_the_same_at_every_step",
            "service/test_codes.py::a_stopwatch_does_not_tell_a_known_address_from_an_unknown_one",
            "web/test_staff_sign_in.py::a_known_and_an_unknown_address_take_as_long",
            (
                "web/test_staff_sign_in.py"
                "::a_password_is_hashed_once_whether_somebody_is_known_or_not"
            ),
            (
                "web/test_staff_sign_in.py"
                "::a_forgotten_password_is_answered_the_same_for_every_address"
            ),
        ),
    ),
    Failure(
        35,
        "a calendar's address is guessed, lasts for ever, or tells what a meeting is about",
        (
            "web/test_calendar_feed.py::a_new_address_closes_the_one_before_it",
            "web/test_calendar_feed.py::a_summary_tells_nobody_what_the_meeting_is_about",
            "service/test_links.py::only_the_digest_of_a_secret_is_stored",
            "rules/test_access_log.py::a_secret_in_a_path_is_not_written_down",
        ),
    ),
    Failure(
        36,
        "people and secrets stand in logs and addresses",
        (
            (
                "security/test_logs.py"
                "::a_walk_through_every_address_leaves_no_word_of_anybody_in_the_logs"
            ),
            (
                "security/test_logs.py"
                "::a_failure_is_written_by_kind_place_and_reference_and_not_by_what_it_says"
            ),
            "security/test_answers.py::no_personal_answer_is_kept_and_no_address_tells_of_anybody",
        ),
    ),
    Failure(
        37,
        "a backup can be read, or is not of one moment",
        (
            "service/test_backups.py::a_backup_is_of_one_moment_while_others_write",
            "service/test_backups.py::a_backup_shows_nothing_and_belongs_to_its_owner_alone",
            "service/test_backups.py::what_was_saved_is_there_again_on_an_empty_machine",
            (
                "migrations/test_restored.py"
                "::who_was_erased_after_a_backup_of_an_earlier_release_stays_erased"
            ),
        ),
    ),
    Failure(
        38,
        "an odd number or day breaks a list later",
        (
            _FUZZ,
            (
                "rules/test_spellings.py"
                "::nothing_that_is_typed_breaks_them_and_what_is_kept_stays_the_same"
            ),
            "rules/test_money_and_periods.py::what_is_no_amount_is_no_money",
        ),
    ),
    Failure(
        39,
        "a file is written elsewhere, unpacks without end, or blocks the server",
        (
            "rules/test_documents.py::a_bomb_that_hides_its_size_is_refused",
            "web/test_documents_pages.py::a_name_cannot_write_a_header_or_a_folder",
            "rules/test_sheets.py::a_bomb_is_refused_before_it_is_unpacked",
            (
                "security/test_answers.py"
                "::a_form_of_thousands_of_fields_or_of_many_megabytes_is_refused_soon"
            ),
        ),
    ),
    Failure(
        40,
        "a check that fails says yes, or half of a batch is kept",
        (
            "web/test_receiving.py::a_fault_inside_the_check_opens_nothing",
            "service/test_audit.py::a_refused_unit_of_work_leaves_no_trace",
            "architecture/test_gate.py::an_endpoint_without_a_gate_is_refused",
        ),
    ),
)

FORTY = (*_WHOSE, *_DOOR, *_WORDS, *_AT_ONCE, *_OUT)
