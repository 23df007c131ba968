// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "export/archive_writer.h"

#include <filesystem>
#include <sstream>

#include "base/files.h"

namespace yolotorch::exporter {

void WriteArchive(const torch::jit::Module& module,
                  const metadata::Metadata& metadata, const std::string& path,
                  bool for_mobile) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    base::FailWrite(path, "it is a folder");
  }
  std::ostringstream archive;
  const torch::jit::ExtraFilesMap extra = {{"config.txt", ToJson(metadata)}};
  if (for_mobile) {
    module._save_for_mobile(archive, extra);
  } else {
    module.save(archive, extra);
  }
  base::WriteFile(path, archive.view());
}

}  // namespace yolotorch::exporter
