#pragma once
// definition_kinds.h - the kinds of DefinitionRow, what their keys are and what their bodies hold.
//
// Bodies are JSON objects; they only gain members.
namespace casework::definition {

// A page or list line of the national catalogue as read.  Key: procedure code.  Digest: content
// hash.
inline constexpr const char* kCatalogueEntry = "catalogue_entry";
// What a person decided about a finding of the linter.  Key: "CODE/finding id".
inline constexpr const char* kFindingDecision = "finding_decision";
// Rows of the appendix of papers that data replace.  Key: "ACT/row number".
inline constexpr const char* kReplacement = "replacement";
// A base package before it is published, `{"files": {name: text}, "origin": …}`.  Key: "CODE".
inline constexpr const char* kDraft = "draft";
// A published base package, `{"files", "effective_from", …}`.  Key: "CODE".  Digest: of its files.
inline constexpr const char* kPackage = "package";
// A published overlay, `{"text", …}`.  Key: "CODE@AGENCY".  Digest: of its text.
inline constexpr const char* kOverlay = "overlay";
// A revision that waits for, or has, a second person's approval.  Key: "CODE" or "CODE@AGENCY".
inline constexpr const char* kProposal = "proposal";
// The record of a process test.  Key: digest of what was tested.
inline constexpr const char* kProcessTest = "process_test";
// The province's table of competence, `{"text", "reason", "act"}`.  Key: the province's agency.
inline constexpr const char* kCompetence = "competence";
// A migration of running dossiers, applied or taken back.  Key: its id.
inline constexpr const char* kMigration = "migration";
// What is said of agencies, posts and people, batch after batch, `{"batch", "reason", "preview"}`.
// Key: "register".
inline constexpr const char* kOrganisation = "organisation";
// A grant, delegation or absence (docs/formats/authority.md): version 1 records it, version 2
// revokes it.  Key: its id.  Digest: hash of the request.
inline constexpr const char* kAuthority = "authority";
// One version for every change of kAuthority, so that two changes never pass each other unseen.
// Key: "all".
inline constexpr const char* kAuthorityChange = "authority_change";
// What an officer was by his account until it was changed (former_posts.h).  Key: officer id; the
// row's moment is the one until which it was so.
inline constexpr const char* kFormerPost = "former_post";

}  // namespace casework::definition
