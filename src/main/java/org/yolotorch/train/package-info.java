// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/**
 * Training: from labelled pictures to a checkpoint. {@link org.yolotorch.train.TrainOptions} says
 * what to do, {@link org.yolotorch.Yolo#train} does it.
 */
package org.yolotorch.train;
