// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/**
 * Where pictures come from: files, folders, patterns, lists, videos, the web. Start at {@link
 * Sources}.
 */
package org.yolotorch.source;
