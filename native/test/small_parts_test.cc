// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "checkpoint/sha256.h"
#include "runtime/cpus.h"
#include "support.h"

namespace yolotorch {
namespace {

// The examples of FIPS 180-4, and lengths at which padding takes a block more.
TEST(Sha256Test, MatchesTheStandard) {
  EXPECT_EQ(checkpoint::Sha256({}),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(checkpoint::Sha256(test::ToBytes("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(checkpoint::Sha256(test::ToBytes(
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(CpusTest, ReadsAQuotaRoundedUp) {
  EXPECT_EQ(runtime::CpusOfQuota("200000 100000"), 2);
  EXPECT_EQ(runtime::CpusOfQuota("150000 100000"), 2);
  EXPECT_EQ(runtime::CpusOfQuota("1000 100000"), 1);
  EXPECT_EQ(runtime::CpusOfQuota("max 100000"), 0);
  EXPECT_EQ(runtime::CpusOfQuota("-1 100000"), 0);
  EXPECT_EQ(runtime::CpusOfQuota(""), 0);
  EXPECT_GE(runtime::AvailableCpus(), 1);
}

}  // namespace
}  // namespace yolotorch
