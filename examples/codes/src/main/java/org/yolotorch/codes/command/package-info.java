// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/** Words of a command line. */
package org.yolotorch.codes.command;
