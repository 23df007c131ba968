// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/** What an open model does, joined from the rooms beside this one. */
package org.yolotorch.internal.model;
