// vi_journal.ts - the Vietnamese texts about the journal: proofs, and who has read a dossier.
export const journalVi = {
  journal: {
    title: "Nhật ký",
    lead: "Mỗi việc của hồ sơ là một dòng trong nhật ký đã ký, không ai sửa hay xóa được.",
    proof: "Tải bằng chứng đã nộp",
    pending: "Bằng chứng sẽ có trong ít phút, khi nhật ký được ký.",
    verify: "Kiểm chứng bằng chứng",
    readings: "Ai đã xem hồ sơ này?",
    noReading: "Chưa có cán bộ nào xem.",
    columns: { at: "Lúc", who: "Cán bộ", what: "Đã xem", why: "Vì sao" },
    what: { dossier: "Hồ sơ", revealed: "Hồ sơ, cả phần được che", file: "Tệp", form: "Biểu in", "form-covered": "Biểu in, số và địa chỉ được che", proof: "Bằng chứng", search: "Tìm kiếm" } as Record<string, string>,
    why: {
      by_role: "Vai trò tại cơ quan",
      by_hierarchy: "Cơ quan cấp trên",
      by_assignment: "Được giao việc",
      task: "Việc đang làm",
    } as Record<string, string>,
  },
};
