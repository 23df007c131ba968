// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// A shared library needs a source of its own; all the others come in through
// the two static libraries it is made of.
