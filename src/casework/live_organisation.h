#pragma once
// live_organisation.h - the organisation of today, as the use cases hold it: it reads like a
// party::Organisation and follows the days and what is registered.
//
// A cheap value.  Every call answers by the organisation of that moment, so whoever asks several
// things that must agree asks now() once and works on what it answered.  References and pointers
// into an organisation stay good for at least an hour after it was replaced: nobody keeps one
// longer than a request.
#include <string_view>
#include <vector>

#include "party/organisation.h"

namespace casework {

// Who knows the organisation of today.
class OrganisationSource {
 public:
  OrganisationSource() = default;
  OrganisationSource(const OrganisationSource&) = delete;
  OrganisationSource& operator=(const OrganisationSource&) = delete;
  virtual ~OrganisationSource() = default;

  // Good for at least an hour after another has taken its place.  Thread-safe.
  [[nodiscard]] virtual const party::Organisation& today() const = 0;
};

class LiveOrganisation {
 public:
  // For ever the same: tools, tests.  It has to outlive this.
  LiveOrganisation(const party::Organisation& fixed) : fixed_(&fixed) {}
  // It has to outlive this.
  LiveOrganisation(const OrganisationSource& source) : source_(&source) {}

  [[nodiscard]] const party::Organisation& now() const {
    return source_ != nullptr ? source_->today() : *fixed_;
  }
  // So that it goes wherever an organisation is asked for.
  operator const party::Organisation&() const { return now(); }

  [[nodiscard]] const std::vector<party::Agency>& agencies() const { return now().agencies(); }
  [[nodiscard]] const party::Agency* find(const party::AgencyId& id) const {
    return now().find(id);
  }
  [[nodiscard]] const party::Agency* find(std::string_view code) const { return now().find(code); }
  [[nodiscard]] std::vector<const party::Agency*> children(const party::AgencyId& id) const {
    return now().children(id);
  }
  [[nodiscard]] std::vector<const party::Agency*> ancestors(const party::AgencyId& id) const {
    return now().ancestors(id);
  }
  [[nodiscard]] const party::Agency* commune(std::string_view unit_code) const {
    return now().commune(unit_code);
  }
  [[nodiscard]] std::vector<const party::Agency*> communes() const { return now().communes(); }
  [[nodiscard]] const party::Agency* one_stop_centre(const party::AgencyId& id) const {
    return now().one_stop_centre(id);
  }
  [[nodiscard]] bool is_within(const party::AgencyId& id, const party::AgencyId& ancestor) const {
    return now().is_within(id, ancestor);
  }

 private:
  const OrganisationSource* source_ = nullptr;
  const party::Organisation* fixed_ = nullptr;
};

}  // namespace casework
