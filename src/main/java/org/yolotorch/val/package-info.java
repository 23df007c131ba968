// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/**
 * How accurate a model is on a labelled data set: data sets in YOLO's format, and the metrics of
 * the field. Start at {@link org.yolotorch.Yolo#val(org.yolotorch.Validation)}.
 */
package org.yolotorch.val;
