#pragma once
// upload_routes.h - whom a paper may come from, shared by uploads in one piece and in many.
#include "casework/execute.h"
#include "casework/piecewise_upload.h"
#include "http/routes/api.h"

namespace http::routes {

// The applicant with code and secret of the receipt, in headers; guessing is slowed down.
[[nodiscard]] Answer<casework::OpenDossier> receipt_of(Api& api, const Request& request);
// What is asked for may be brought at all: the office waits for a supplement.
[[nodiscard]] Answer<base::Done> check_supplement_open(const casework::OpenDossier& open);

// A dossier that an officer may not see does not exist for him.
[[nodiscard]] Answer<casework::OpenDossier> dossier_for(Api& api, const party::Officer& officer,
                                                        const std::string& id);
// Papers are attached by those who do tasks at an agency that takes part.
[[nodiscard]] Answer<base::Done> may_attach(Api& api, const party::Officer& officer,
                                            const casework::OpenDossier& open);
// A paper of the procedure, or "result".
[[nodiscard]] Answer<base::Done> check_component(const casework::OpenDossier& open,
                                                 const std::string& component);
// Takes an officer's upload and attaches it, unless it is a result or part of a supplement.
[[nodiscard]] Answer<dossier::Attachment> take_for_dossier(Api& api, const party::Officer& officer,
                                                           const casework::OpenDossier& open,
                                                           casework::Upload upload,
                                                           const casework::RequestKey& key);

}  // namespace http::routes
